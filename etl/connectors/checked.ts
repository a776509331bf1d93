import type { CheckResult } from '../connector.js';
import { reasonOf } from '../error-code.js';

/** Runs a check. What it throws is its last finding, after those it has put into `findings` by then. */
export async function checked(check: (findings: string[]) => Promise<CheckResult>): Promise<CheckResult> {
  const findings: string[] = [];
  try {
    return await check(findings);
  } catch (error) {
    return { ok: false, findings: [...findings, reasonOf(error)] };
  }
}

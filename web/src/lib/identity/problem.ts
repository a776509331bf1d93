import { t } from '../i18n/messages.svelte';

const problems = ['denied', 'unreachable', 'untrue', 'ended', 'no-account', 'disabled', 'taken'] as const;

/** What went wrong on the way through the provider, as the address says it; null: nothing that is known. */
export function providerProblem(told: string | null): string | null {
  const known = problems.find((problem) => problem === told);
  return known === undefined ? null : t(`identity.provider.problem.${known}`);
}

import type { AuditAction, AuditOutcome } from '../audit/audit-actions.js';

export type { AuditAction, AuditOutcome } from '../audit/audit-actions.js';

/** One line of the audit log. */
export interface AuditLine {
  id: number;
  /** ISO. */
  at: string;
  /** Of who did it, as it was then; empty: not told, or nobody. */
  name: string;
  role: string;
  /** How the asker was known: session, token, share, guest, open, command or program. */
  by: string;
  action: AuditAction;
  object: string | null;
  outcome: AuditOutcome;
  detail: Record<string, string | number | boolean | null>;
  /** Where the request came from; null: from this machine's command line, or by itself. */
  address: string | null;
}

/** `GET /api/audit?action&outcome&name&from&to&before&limit`: the latest first. `from` inclusive, `to` exclusive; days are of UTC. */
export interface AuditResponse {
  lines: AuditLine[];
  /** Give it as `before` for the lines before these; null: there are none. */
  before: number | null;
  /** Who is in the log at all, by name, of the last 1,000 lines. */
  names: string[];
  /** Every action there is. */
  actions: readonly AuditAction[];
  /** Days a line is kept. `PATCH /api/audit/settings` changes it. */
  keepDays: number;
}

/** How far a query may go. */
export interface RunLimits {
  rows: number;
  /** As they come from the database. */
  bytes: number;
  milliseconds: number;
}

export const pageLimits: RunLimits = { rows: 100_000, bytes: 64 * 2 ** 20, milliseconds: 30_000 };
export const exportLimits: RunLimits = { rows: 5_000_000, bytes: 2 * 2 ** 30, milliseconds: 600_000 };

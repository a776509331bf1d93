import type { Ledger } from '../schedules/ledger.js';

/** A file of many rows may take ten minutes, and be taken away after that. */
export const exportLedger: Ledger = {
  schedules: 'app.export_schedule',
  due: 'app.export_due',
  zones: 'array[schedule.zone]',
  leaseMs: 1_800_000,
};

import type pg from 'pg';
import { tellOwners, type TroubleKind } from '../schedules/tell-owner.js';
import { exportLedger } from './export-ledger.js';

const ofExports: TroubleKind = {
  ledger: exportLedger,
  about: 'export-due',
  trouble: 'export-trouble',
  locale: `coalesce(schedule.destination ->> 'locale', 'en')`,
  says: { subject: 'export.trouble', made: 'export.trouble.made', sent: 'export.trouble.sent', unsure: 'export.trouble.sent' },
  page: '/exports',
};

/** As of summaries. */
export function tellExportOwners(pool: pg.Pool, publicUrl: string): Promise<number> {
  return tellOwners(pool, publicUrl, ofExports);
}

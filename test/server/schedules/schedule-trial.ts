import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Recipient, Schedule, ScheduleBody } from '#server/api.js';
import type { MadeReport } from '#server/reports/made-report.js';
import { ScheduleRunner, type RunnerOptions } from '#server/schedules/run-due.js';
import { addSchedule, type ScheduleContent } from '#server/schedules/schedules.js';
import type { TrialClock } from '../mail/outbox-trial.js';

export const pdfBytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(2_000, 'x'), Buffer.from('\n%%EOF\n')]);

export function madeReport(told: Partial<MadeReport> = {}): MadeReport {
  return {
    id: randomUUID(),
    subject: 'Service summary',
    text: 'All is well.',
    html: '<!doctype html><html><body><p>All is well.</p></body></html>',
    pdf: pdfBytes,
    fileName: 'throughline-summary.pdf',
    asOf: null,
    isNothingNew: false,
    ...told,
  };
}

export function recipient(address: string, told: Partial<Recipient> = {}): Recipient {
  return { name: '', address, zone: 'Europe/Berlin', locale: 'en', ...told };
}

/** Daily at eight, to Ada in Berlin, where nothing else is told. */
export function scheduleBody(told: Partial<ScheduleBody> = {}): ScheduleBody {
  return {
    name: 'Daily',
    owner: 'Olga',
    ownerAddress: 'olga@company.test',
    rhythm: { kind: 'cron', expression: '0 8 * * *' },
    spec: { boards: [], filters: {}, locale: 'en', paper: 'a4', period: 'default' },
    skipsUnchanged: false,
    recipients: [recipient('ada@company.test')],
    ...told,
  };
}

/** As it is kept: of no account. */
export function scheduleContent(told: Partial<ScheduleBody> = {}): ScheduleContent {
  return { ...scheduleBody(told), owner: told.owner ?? 'Olga', ownerId: null };
}

export function trialSchedule(pool: pg.Pool, clock: TrialClock, told: Partial<ScheduleBody> = {}): Promise<Schedule> {
  return addSchedule(pool, scheduleContent(told), clock.now());
}

export function trialRunner(pool: pg.Pool, clock: TrialClock, told: Partial<RunnerOptions> = {}): ScheduleRunner {
  return new ScheduleRunner(pool, {
    make: async () => madeReport(),
    unsubscribeLink: (id) => `https://company.test/unsubscribe/${id}`,
    now: clock.now,
    ...told,
  });
}

export interface DueRow {
  zone: string;
  local: string;
  status: string;
  reason: string | null;
  is_late: boolean;
}

/** The ledger without what is still planned. */
export async function ledger(pool: pg.Pool): Promise<DueRow[]> {
  const { rows } = await pool.query<DueRow>(
    `select zone, to_char(local_due, 'YYYY-MM-DD HH24:MI') as local, status, reason, is_late
    from app.report_due where status <> 'planned' order by due_at, zone`,
  );
  return rows;
}

export async function outbox(
  pool: pg.Pool,
): Promise<{ recipient: string; subject: string; text_body: string; html_body: string; key: string }[]> {
  const { rows } = await pool.query('select recipient, subject, text_body, html_body, key from app.mail order by queued_at, recipient');
  return rows;
}

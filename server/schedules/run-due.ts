import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type pg from 'pg';
import { reasonOf } from '#etl/error-code.js';
import { withTransaction } from '#etl/transaction.js';
import { translator, type Locale } from '#dashboards/i18n/messages.js';
import { addressesOutOfScope } from '../access/account-scope.js';
import type { Recipient, ReportSpec, RunReason } from '../api.js';
import { log } from '../console.js';
import { enqueueMail } from '../mail/outbox.js';
import { Missing, Refusal } from '../refusal.js';
import type { MadeReport } from '../reports/made-report.js';
import { planAhead, reportLedger, settleFailed, settleMissed, settleOver, takeDue, type TakenDue } from './ledger.js';
import { makeWhole } from './make-whole.js';
import { saidTime, wrapReport } from './wrap.js';

/** After that a reader wonders why it comes at this time. */
const lateAfterMs = 60_000;
/** A summary that hangs is given up long before the lease ends. */
const makeWithinMs = 30_000;
/** Summaries are made on the processor; more at once would keep the page waiting. */
const atOnce = 2;

export interface RunnerOptions {
  make: (spec: ReportSpec) => Promise<MadeReport>;
  /** Address of the page on which somebody unsubscribes. */
  unsubscribeLink: (recipientId: string) => string;
  now: () => Date;
  makeWithinMs?: number;
}

type Receiver = Recipient & { id: string };

interface ScheduleRow {
  name: string;
  owner: string;
  spec: ReportSpec;
  skipsUnchanged: boolean;
  recipients: Receiver[];
}

interface SentReport {
  locale: Locale;
  reportId: string;
  /** What it found; the same found again is nothing new. */
  saidKey: string;
}

/**
 * Makes what is due and puts it into the outbox. Any number may run on one database: a due time is taken by one of them, its messages
 * enter the outbox together with the word that it is done, and whoever was silent for longer than his lease writes nothing.
 */
export class ScheduleRunner {
  private readonly holder = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;

  constructor(
    private readonly pool: pg.Pool,
    private readonly options: RunnerOptions,
  ) {}

  /** Plans ahead and works until nothing is due, or `signal` is aborted. Gives how many due times were worked on. */
  async runDue(signal?: AbortSignal): Promise<number> {
    await planAhead(this.pool, reportLedger, this.options.now());
    await settleMissed(this.pool, reportLedger, this.options.now());
    let worked = 0;
    const lane = async (): Promise<void> => {
      while (!signal?.aborted) {
        const due = await takeDue(this.pool, reportLedger, this.options.now(), this.holder);
        if (!due) return;
        worked++;
        await this.run(due);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
    return worked;
  }

  private async run(due: TakenDue): Promise<void> {
    try {
      const schedule = await readRow(this.pool, due);
      if (schedule.recipients.length === 0) return await this.skip(due, 'nobody');
      const made = await this.makeAll(schedule);
      const sent = await saidKeys(this.pool, made);
      if (schedule.skipsUnchanged && (await isSentBefore(this.pool, due, sent))) return await this.skip(due, 'unchanged');
      await this.handOver(due, schedule, made, sent);
    } catch (error) {
      await this.fail(due, error);
    }
  }

  private async makeAll({ recipients, spec }: ScheduleRow): Promise<Map<Locale, MadeReport>> {
    const made = new Map<Locale, MadeReport>();
    for (const locale of new Set(recipients.map((recipient) => recipient.locale))) {
      const { make, makeWithinMs: within = makeWithinMs } = this.options;
      made.set(locale, await makeWhole(() => make({ ...spec, locale }), within));
    }
    return made;
  }

  private async handOver(due: TakenDue, schedule: ScheduleRow, made: Map<Locale, MadeReport>, sent: SentReport[]): Promise<void> {
    const now = this.options.now();
    const isLate = now.getTime() - due.dueAt.getTime() > lateAfterMs;
    await withTransaction(this.pool, async (client) => {
      const { rowCount } = await client.query(settleMade, [due.id, due.token, now, isLate, JSON.stringify(sent)]);
      if (rowCount === 1) {
        for (const recipient of schedule.recipients) await this.enqueue(client, due, schedule, recipient, made, isLate);
      }
    });
  }

  private async enqueue(
    client: pg.PoolClient,
    due: TakenDue,
    { name, owner }: ScheduleRow,
    recipient: Receiver,
    made: Map<Locale, MadeReport>,
    isLate: boolean,
  ): Promise<void> {
    const { locale, zone } = recipient;
    const report = made.get(locale);
    if (!report) throw new Error(`No summary was made in ${locale} for ${recipient.address}.`);
    const say = translator(locale);
    const message = wrapReport(report, {
      to: { name: recipient.name, address: recipient.address },
      locale,
      notes: isLate ? [say('delivery.late', { due: saidTime(locale, zone, due.dueAt) })] : [],
      closing: [say('delivery.why', { owner, schedule: name })],
      unsubscribe: this.options.unsubscribeLink(recipient.id),
    });
    // One for each local date: who is moved to another zone or hour meanwhile does not get it twice.
    await enqueueMail(client, `schedule:${due.scheduleId}:${due.localDue.slice(0, 10)}`, message, { kind: 'report-due', id: due.id });
  }

  private async skip(due: TakenDue, reason: RunReason): Promise<void> {
    await settleOver(this.pool, reportLedger, due, { status: 'skipped', reason, detail: null, now: this.options.now() });
  }

  private async fail(due: TakenDue, error: unknown): Promise<void> {
    const detail = reasonOf(error);
    log(`a summary due at ${due.localDue} (${due.zone}) could not be made: ${detail}`);
    const isFinal = error instanceof Refusal || error instanceof Missing;
    await settleFailed(this.pool, reportLedger, due, { detail, isFinal, now: this.options.now() });
  }
}

/** Without those who may not see all of it any more. */
async function readRow(pool: pg.Pool, { scheduleId, zone }: TakenDue): Promise<ScheduleRow> {
  const { rows } = await pool.query<ScheduleRow>(selectSchedule, [scheduleId, zone]);
  const [schedule] = rows;
  if (!schedule) throw new Missing('The schedule was removed.');
  const addresses = schedule.recipients.map(({ address }) => address);
  const narrower = await addressesOutOfScope(pool, addresses, schedule.spec.filters);
  return { ...schedule, recipients: schedule.recipients.filter(({ address }) => !narrower.has(address)) };
}

async function saidKeys(pool: pg.Pool, made: Map<Locale, MadeReport>): Promise<SentReport[]> {
  const { rows } = await pool.query<{ id: string; saidKey: string }>(
    'select id, said_key as "saidKey" from app.report where id = any ($1::uuid[])',
    [[...made.values()].map(({ id }) => id)],
  );
  const keys = new Map(rows.map(({ id, saidKey }) => [id, saidKey]));
  return [...made].map(([locale, { id }]) => ({ locale, reportId: id, saidKey: keys.get(id) ?? id }));
}

/** True where what was sent last in each of these languages found the same. */
async function isSentBefore(pool: pg.Pool, { scheduleId, id }: TakenDue, sent: SentReport[]): Promise<boolean> {
  const { rows } = await pool.query<{ locale: string; saidKey: string }>(selectLastSaid, [scheduleId, id]);
  const last = new Map(rows.map(({ locale, saidKey }) => [locale, saidKey]));
  return sent.every(({ locale, saidKey }) => last.get(locale) === saidKey);
}

/** $1 schedule, $2 zone. */
const selectSchedule = `
select name, owner, spec, skips_unchanged as "skipsUnchanged",
  (select coalesce(json_agg(json_build_object('id', id, 'name', name, 'address', address, 'zone', zone, 'locale', locale) order by position), '[]')
    from app.schedule_recipient recipient
    where recipient.schedule_id = schedule.id
      and recipient.zone = $2
      and recipient.unsubscribed_at is null) as recipients
from app.schedule schedule
where id = $1`;

/** $1 schedule, $2 due time that does not count. */
const selectLastSaid = `
select distinct on (report ->> 'locale') report ->> 'locale' as locale, report ->> 'saidKey' as "saidKey"
from app.report_due due
cross join jsonb_array_elements(due.reports) report
where due.schedule_id = $1
  and due.id <> $2
  and due.status = 'made'
order by report ->> 'locale', due.due_at desc`;

/** $1 due time, $2 token, $3 now, $4 late, $5 reports. */
const settleMade = `
update app.report_due
set status = 'made', finished_at = $3, is_late = $4, reports = $5, lease_until = null, reason = null, detail = null
where id = $1
  and token = $2
  and status = 'making'`;

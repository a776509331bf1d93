import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../support/database.js';
import { TrialClock, trialSender } from '../mail/outbox-trial.js';
import { SmtpCatcher } from '../mail/smtp-catcher.js';
import { trialRunner } from './schedule-trial.js';

const { pool, url } = await testDatabase();
const server = new SmtpCatcher();
const schedulers = 20;
const schedules = 1_000;
const rounds = Number(process.env['THROUGHLINE_SCHEDULER_ROUNDS'] ?? 2);

beforeAll(() => server.start());
afterAll(() => server.stop());

test.each(Array.from({ length: rounds }, (_, round) => round + 1))(
  'R23: twenty servers and a thousand schedules due in the same minute make a thousand messages that arrive once (round %i)',
  async (round) => {
    await pool.query('delete from app.schedule');
    await pool.query('delete from app.mail');
    server.caught.length = 0;
    const clock = new TrialClock(new Date('2026-03-02T06:00:00Z'));
    await pool.query(manySchedules, [schedules, clock.now()]);
    const pools = Array.from({ length: schedulers }, () => new pg.Pool({ connectionString: url, max: 2 }));
    try {
      await Promise.all(pools.map((own) => trialRunner(own, clock).runDue()));
      clock.passMinutes(60);
      await Promise.all(pools.map((own) => trialRunner(own, clock).runDue()));
      await Promise.all(pools.map((own) => trialSender(own, server.delivery(), clock).sendDue()));
    } finally {
      await Promise.all(pools.map((own) => own.end()));
    }
    const sent = new Set(server.caught.map(({ messageId }) => messageId)).size;
    const readers = new Set(server.caught.flatMap(({ to }) => to)).size;
    process.stdout.write(
      `R23 round=${round} schedulers=${schedulers} schedules=${schedules} sends=${server.caught.length} dup=${server.caught.length - sent} ` +
        `missed=${schedules - readers} ok\n`,
    );
    expect([server.caught.length, sent, readers]).toEqual([1_000, 1_000, 1_000]);
    const { rows } = await pool.query(
      `select status, is_late, count(*)::int as count from app.report_due where status <> 'planned' group by 1, 2`,
    );
    expect(rows).toEqual([{ status: 'made', is_late: false, count: 1_000 }]);
  },
);

/** $1 how many, $2 now. Each to one reader of its own, at eight in Berlin. */
const manySchedules = `
with put as (
  insert into app.schedule (name, owner, rhythm, spec, planned_to)
  select 'Schedule ' || number, 'Olga', '{"kind":"weekly","weekday":1,"at":"08:00"}',
    '{"boards":[],"filters":{},"locale":"en","paper":"a4","period":"default"}', $2
  from generate_series(1, $1::int) number
  returning id, name
)
insert into app.schedule_recipient (schedule_id, position, name, address, zone, locale)
select id, 1, '', 'reader' || split_part(name, ' ', 2) || '@company.test', 'Europe/Berlin', 'en'
from put`;

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { metricView, metricWeekView } from './1763700000177-metric-weeks.js';
import { narrowDocumentedView } from './documented-view.js';

/** Of teams alone, and by whoever may see all of these teams: a number of everything has the items of others in it. */
const seenWeek = `(
      (select r.sees_all from app.reader r)
      or (
        w.dimension = 'team'
        and (select r.team_ids is not null and r.services is null and r.groups is null from app.reader r)
        and w.segment in (select t.name from core.team t where t.id = any((select r.team_ids from app.reader r)::uuid[]))
      )
    )`;

/** Rows that leave by themselves, again and again; weeks of metrics within what a login may see. */
export class ExportSchedules1763700000178 implements MigrationInterface {
  name = 'ExportSchedules1763700000178';

  async up(runner: QueryRunner): Promise<void> {
    await narrowDocumentedView(runner, metricView, 'true');
    await narrowDocumentedView(runner, metricWeekView, seenWeek);
    await runner.query(`
      create table app.export_schedule (
        id uuid primary key default gen_random_uuid(),
        account_id uuid references app.account on delete cascade,
        name text not null unique check (btrim(name) <> ''),
        owner text not null check (btrim(owner) <> ''),
        owner_address text,
        source jsonb not null,
        format text not null,
        is_raw boolean not null,
        destination jsonb not null,
        secret_key_id text,
        secret_nonce bytea,
        secret_sealed bytea,
        rhythm jsonb not null,
        zone text not null,
        is_paused boolean not null default false,
        planned_to timestamptz not null,
        created_at timestamptz not null default now(),
        changed_at timestamptz not null default now(),
        check (num_nulls(secret_key_id, secret_nonce, secret_sealed) in (0, 3))
      );
      create index export_schedule_account on app.export_schedule (account_id);
      create index export_schedule_planned_to on app.export_schedule (planned_to) where not is_paused;
      comment on table app.export_schedule is 'Rows that are written to a file and taken somewhere again and again.';
      comment on column app.export_schedule.account_id is 'With whose rights the rows are read; null: of whoever owns the machine.';
      comment on column app.export_schedule.source is 'A view, a kept query or the watch list.';
      comment on column app.export_schedule.destination is 'A folder below the data directory, people by mail, or a bucket.';
      comment on column app.export_schedule.secret_sealed is 'Secret key of the bucket, sealed for this schedule and bucket.';
      comment on column app.export_schedule.planned_to is 'All due times up to here are in export_due.';

      create table app.export_due (
        id uuid primary key default gen_random_uuid(),
        schedule_id uuid not null references app.export_schedule on delete cascade,
        zone text not null,
        local_due timestamp not null,
        due_at timestamptz not null,
        status text not null default 'planned' check (status in ('planned', 'making', 'made', 'skipped', 'failed')),
        reason text,
        detail text,
        is_late boolean not null default false,
        attempts int not null default 0,
        next_at timestamptz not null,
        token bigint not null default 0,
        holder text,
        lease_until timestamptz,
        finished_at timestamptz,
        file jsonb,
        is_told boolean not null default false,
        check ((status = 'making') = (lease_until is not null)),
        check ((status in ('made', 'skipped', 'failed')) = (finished_at is not null)),
        check ((status = 'made') = (file is not null))
      );
      comment on table app.export_due is 'Each time a scheduled export is due: planned ahead, then what became of it. As report_due.';
      comment on column app.export_due.file is 'What was made: name, bytes and place.';
      create unique index export_due_local_date on app.export_due (schedule_id, zone, (local_due::date));
      create index export_due_next_at on app.export_due (next_at) where status = 'planned';
      create index export_due_lease on app.export_due (lease_until) where status = 'making';
      create index export_due_untold on app.export_due (schedule_id) where status = 'failed' and not is_told;
      create index export_due_due_at on app.export_due (schedule_id, due_at desc);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

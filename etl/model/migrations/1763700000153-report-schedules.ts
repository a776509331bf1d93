import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who gets which summary when, and what became of each time it was due. */
export class ReportSchedules1763700000153 implements MigrationInterface {
  name = 'ReportSchedules1763700000153';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.schedule (
        id uuid primary key default gen_random_uuid(),
        name text not null check (btrim(name) <> ''),
        owner text not null check (btrim(owner) <> ''),
        owner_address text,
        rhythm jsonb not null,
        spec jsonb not null,
        skips_unchanged boolean not null default false,
        is_paused boolean not null default false,
        planned_to timestamptz not null,
        created_at timestamptz not null default now(),
        changed_at timestamptz not null default now(),
        unique (name)
      );
      comment on table app.schedule is 'A summary that goes to people again and again.';
      comment on column app.schedule.rhythm is 'When it is due, in the local time of each recipient.';
      comment on column app.schedule.spec is 'What is wanted of the summary; each recipient has it in a language of their own.';
      comment on column app.schedule.owner_address is 'Who is told of what went wrong; null: nobody by mail.';
      comment on column app.schedule.skips_unchanged is 'Nothing is sent that found the same as what was sent before.';
      comment on column app.schedule.planned_to is 'All due times up to here are in report_due.';
      create index schedule_planned_to on app.schedule (planned_to) where not is_paused;

      create table app.schedule_recipient (
        id uuid primary key default gen_random_uuid(),
        schedule_id uuid not null references app.schedule on delete cascade,
        position int not null,
        name text not null,
        address text not null,
        zone text not null,
        locale text not null check (locale in ('en', 'tr', 'fa', 'hy')),
        unsubscribed_at timestamptz,
        unique (schedule_id, address)
      );
      comment on column app.schedule_recipient.zone is 'IANA zone in which it is due for this person.';
      comment on column app.schedule_recipient.unsubscribed_at is 'By the link in a message; null: gets it.';

      create table app.report_due (
        id uuid primary key default gen_random_uuid(),
        schedule_id uuid not null references app.schedule on delete cascade,
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
        reports jsonb not null default '[]',
        is_told boolean not null default false,
        check ((status = 'making') = (lease_until is not null)),
        check ((status in ('made', 'skipped', 'failed')) = (finished_at is not null))
      );
      comment on table app.report_due is 'Each time a schedule is due in a zone of its recipients: planned ahead, then what became of it.';
      comment on column app.report_due.local_due is 'In local time of the zone.';
      comment on column app.report_due.reason is 'Why it was skipped or failed, or why it was tried last in vain, as a word.';
      comment on column app.report_due.detail is 'What was told of a failure.';
      comment on column app.report_due.is_late is 'Made more than a minute after it was due.';
      comment on column app.report_due.token is 'Grows with each attempt; what an earlier one writes is refused.';
      comment on column app.report_due.reports is 'The summary of each language that was sent: locale, report and what it found.';
      comment on column app.report_due.is_told is 'The owner was told that it failed.';
      create unique index report_due_local_date on app.report_due (schedule_id, zone, (local_due::date));
      create index report_due_next_at on app.report_due (next_at) where status = 'planned';
      create index report_due_lease on app.report_due (lease_until) where status = 'making';
      create index report_due_untold on app.report_due (schedule_id) where status = 'failed' and not is_told;
      create index report_due_due_at on app.report_due (schedule_id, due_at desc);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

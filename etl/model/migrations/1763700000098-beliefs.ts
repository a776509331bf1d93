import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What leaders believe of a number, said before they saw it. */
export class Beliefs1763700000098 implements MigrationInterface {
  name = 'Beliefs1763700000098';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.belief (
        id uuid primary key default gen_random_uuid(),
        person text not null check (person <> ''),
        metric text not null,
        scope text not null,
        from_on date not null,
        to_on date not null,
        time_zone text not null,
        answer float8 not null check (answer between 0 and 100),
        answered_at timestamptz not null default now(),
        check (from_on < to_on),
        unique (person, metric, scope, from_on, to_on)
      );
      comment on table app.belief is 'What somebody believed a number to be, said before it was shown; the first answer holds.';
      comment on column app.belief.scope is 'The filters of the number as JSON, names sorted; {} for everything.';
      comment on column app.belief.from_on is 'First local day of the window, in time_zone; to_on is the first day left out.';
      comment on column app.belief.answer is 'Percent.';

      create view measured.belief as
      select
        metric, scope, to_char(from_on, 'YYYY-MM-DD') as from_on, to_char(to_on, 'YYYY-MM-DD') as to_on, time_zone,
        answer::text as answer, answered_at
      from app.belief;
      comment on view measured.belief is 'Without the names of those who answered.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was said of each week, and what has been said differently since. */
export class Restatements1763700000080 implements MigrationInterface {
  name = 'Restatements1763700000080';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.published_value (
        metric text not null,
        week date not null,
        value double precision,
        n integer not null,
        as_of jsonb not null,
        primary key (metric, week)
      );
      comment on table app.published_value is 'The headline of each board for each complete week, without filters, as it was last said.';
      comment on column app.published_value.week is 'Monday, in the zone of the first connection.';
      comment on column app.published_value.as_of is 'The data''s own time of each connection when this was found to hold last.';

      create table app.restatement (
        id bigint generated always as identity primary key,
        restated_at timestamptz not null,
        metric text not null,
        week date not null,
        old_value double precision,
        old_n integer not null,
        old_as_of_at timestamptz not null,
        new_value double precision,
        new_n integer not null,
        new_as_of_at timestamptz,
        cause text not null check (cause in ('later-events', 'history'))
      );
      comment on table app.restatement is 'Each change of a published value of a past week.';
      comment on column app.restatement.new_as_of_at is 'Null where there is no data any more.';
      comment on column app.restatement.cause is 'later-events: what happened since, such as the finish of an item that was open. history: what was said differently of the time before, such as a late import, a reopened item or a changed mapping.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

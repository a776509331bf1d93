import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people did about an item that was late, silent or likely to be late. */
export class WatchMarks1763700000123 implements MigrationInterface {
  name = 'WatchMarks1763700000123';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.watch_mark (
        id uuid primary key default gen_random_uuid(),
        item_id uuid not null,
        connection_id uuid not null references ingest.connection (id) on delete cascade,
        handled_by text not null check (handled_by <> ''),
        handled_at timestamptz not null default now(),
        note text not null check (note <> ''),
        as_of_at timestamptz not null,
        due_at timestamptz,
        was_late boolean not null,
        cycle int not null,
        undone_at timestamptz
      );
      create unique index watch_mark_stands on app.watch_mark (item_id, coalesce(due_at, '-infinity'), was_late, cycle)
        where undone_at is null;
      create index on app.watch_mark (connection_id);
      comment on table app.watch_mark is 'Somebody has handled an item of the watch list. It holds for the state the item was in: a new date, a date that passes and a reopening bring the item back.';
      comment on column app.watch_mark.item_id is 'No foreign key: items are told anew when their mapping changes, and keep their id.';
      comment on column app.watch_mark.as_of_at is 'The data''s own time then.';
      comment on column app.watch_mark.due_at is 'The date in force then; null for none. was_late: it had passed.';
      comment on column app.watch_mark.cycle is 'How often the item had been opened.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

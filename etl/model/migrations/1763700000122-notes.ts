import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people know about a time: a release, a holiday, a reorganisation. */
export class Notes1763700000122 implements MigrationInterface {
  name = 'Notes1763700000122';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.note (
        id uuid primary key default gen_random_uuid(),
        from_on date not null,
        to_on date not null,
        kind text not null check (kind in ('release', 'holiday', 'reorganisation', 'other')),
        body text not null check (btrim(body) <> ''),
        scope jsonb not null default '{}' check (jsonb_typeof(scope) = 'object'),
        created_at timestamptz not null default now(),
        changed_at timestamptz not null default now(),
        check (from_on < to_on)
      );
      comment on table app.note is 'What people know about a time; drawn in every chart over time.';
      comment on column app.note.from_on is 'First local day; to_on is the first day left out.';
      comment on column app.note.scope is 'Names by dimension that it is about, as filters are written; {} for everything.';
      create index note_from_on on app.note (from_on);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

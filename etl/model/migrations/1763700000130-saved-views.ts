import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Addresses of the page that somebody keeps under a name. */
export class SavedViews1763700000130 implements MigrationInterface {
  name = 'SavedViews1763700000130';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.saved_view (
        id uuid primary key default gen_random_uuid(),
        name text not null check (name <> ''),
        owner text not null check (owner <> ''),
        path text not null check (path ~ '^/'),
        query text not null,
        is_default boolean not null default false,
        saved_at timestamptz not null default now(),
        unique (owner, path, name)
      );
      create unique index saved_view_default on app.saved_view (owner, path) where is_default;
      comment on table app.saved_view is 'An address of the page kept under a name: everybody may open it, its owner finds it first.';
      comment on column app.saved_view.path is 'The page, such as /boards/delay.';
      comment on column app.saved_view.query is 'What was chosen there, as it stands in the address, without the question mark.';
      comment on column app.saved_view.is_default is 'Opened where its owner opens the page without a choice; at most one of an owner and page.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

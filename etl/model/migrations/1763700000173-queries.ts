import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Queries that people keep, and those that were run. */
export class Queries1763700000173 implements MigrationInterface {
  name = 'Queries1763700000173';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.query (
        id uuid primary key default gen_random_uuid(),
        account uuid,
        owner text not null,
        title text not null check (title <> ''),
        text text not null check (text <> ''),
        parameters jsonb not null check (jsonb_typeof(parameters) = 'array'),
        is_shared boolean not null,
        changed_at timestamptz not null default now()
      );
      create index query_account on app.query (account);
      comment on table app.query is 'SQL that somebody keeps under a title: account; null where nobody signs in.';
      comment on column app.query.owner is 'Name of who keeps it, for others to read.';
      comment on column app.query.parameters is '[{"name", "type", "default"}] in the order of $1, $2, ….';

      create table app.query_run (
        id bigint generated always as identity primary key,
        account uuid,
        at timestamptz not null default now(),
        text text not null,
        parameters jsonb not null,
        outcome text not null default 'running',
        rows bigint,
        bytes bigint,
        milliseconds int,
        sql_state text
      );
      create index query_run_account on app.query_run (account, id desc);
      comment on table app.query_run is 'The latest queries of each person, by account; null where nobody signs in. id is the application_name of its session.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

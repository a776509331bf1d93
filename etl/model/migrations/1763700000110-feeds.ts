import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What comes in unasked: who may push, and which notices of a tool were seen. */
export class Feeds1763700000110 implements MigrationInterface {
  name = 'Feeds1763700000110';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ingest.push_token (
        hash bytea primary key check (length(hash) = 32),
        connection_id uuid not null references ingest.connection on delete cascade,
        created_at timestamptz not null default now(),
        last_used_at timestamptz
      );
      create index on ingest.push_token (connection_id);
      comment on table ingest.push_token is 'Who may push events of a connection: the SHA-256 of a token of 256 random bits; the token itself is shown once and kept nowhere.';

      create table ingest.webhook_seen (
        connection_id uuid not null references ingest.connection on delete cascade,
        signature bytea not null,
        seen_at timestamptz not null,
        primary key (connection_id, signature)
      );
      create index on ingest.webhook_seen (seen_at);
      comment on table ingest.webhook_seen is 'Signatures of notices that were taken, for a day: one that comes again does nothing.';

      alter table ingest.connection add due_at timestamptz;
      comment on column ingest.connection.due_at is 'A sync is due from this instant on, whatever the schedule, since the tool said that something has changed; whoever begins that sync sets it to null. Null: nothing was said.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

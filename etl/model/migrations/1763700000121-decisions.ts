import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a person decides about a connection: records to wait for no more, and items that are gone though many were missing at once. */
export class Decisions1763700000121 implements MigrationInterface {
  name = 'Decisions1763700000121';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table ingest.quarantine add dismissed_at timestamptz;
      comment on column ingest.quarantine.dismissed_at is 'Somebody decided that the record need not be read. It stays, and is counted apart from those that wait.';

      create table ingest.held_absence (
        connection_id uuid not null references ingest.connection on delete cascade,
        external_id text not null,
        missed_at timestamptz not null,
        primary key (connection_id, external_id)
      );
      comment on table ingest.held_absence is 'Items that a held census did not list. Nothing follows from it before somebody confirms that they are gone.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

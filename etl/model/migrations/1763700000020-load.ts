import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What loading keeps to be repeatable in any order. */
export class Load1763700000020 implements MigrationInterface {
  name = 'Load1763700000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table core.person add described_at timestamptz;
      alter table core.team add described_at timestamptz;
      alter table core.customer add described_at timestamptz;
      comment on column core.person.described_at is 'Moment of the description that holds, the latest one; null: the source gave only the id.';
      comment on column core.team.described_at is 'Moment of the description that holds, the latest one; null: the source gave only the id.';
      comment on column core.customer.described_at is 'Moment of the description that holds, the latest one; null: the source gave only the id.';

      alter table ingest.checkpoint add latest_at timestamptz;
      alter table ingest.checkpoint add source_now timestamptz;
      comment on column ingest.checkpoint.latest_at is 'Latest moment of the history seen so far in this stream.';
      comment on column ingest.checkpoint.source_now is 'The source''s own clock at the last page; null where it has none.';
      alter table ingest.sync_run add warnings jsonb not null default '{}';
      comment on column ingest.sync_run.warnings is 'How often a value was read in a way worth knowing, by code: an ambiguous local time, for example.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

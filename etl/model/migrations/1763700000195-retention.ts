import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when texts are kept as long as they are, whether that rests, and what was taken away last. */
export class Retention1763700000195 implements MigrationInterface {
  name = 'Retention1763700000195';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table ingest.connection add keep_texts_set_at timestamptz, add keep_texts_paused boolean not null default false;
      comment on column ingest.connection.keep_texts_set_at is 'Since when keep_texts_days is what it is; null: since there was nothing to tell it.';
      comment on column ingest.connection.keep_texts_paused is 'Nothing is taken away for now, whatever keep_texts_days says.';

      create table app.retention_run (
        connection_id uuid primary key references ingest.connection on delete cascade,
        ran_at timestamptz not null,
        messages int not null,
        raw_versions int not null,
        quarantined int not null
      );
      comment on table app.retention_run is 'When texts of a connection were looked at last for what is too old, and how much was taken away.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

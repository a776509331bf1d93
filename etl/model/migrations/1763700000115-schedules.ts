import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often a connection is read by itself. */
export class Schedules1763700000115 implements MigrationInterface {
  name = 'Schedules1763700000115';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table ingest.connection add every_seconds int check (every_seconds >= 60);
      comment on column ingest.connection.every_seconds is 'From the beginning of one sync to the next; null: only when asked to.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

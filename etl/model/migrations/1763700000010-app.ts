import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the program itself remembers. */
export class App1763700000010 implements MigrationInterface {
  name = 'App1763700000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.setting (
        name text primary key,
        value jsonb not null
      );
      comment on table app.setting is 'What the program remembers of its own doings, one row a subject; never secrets.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

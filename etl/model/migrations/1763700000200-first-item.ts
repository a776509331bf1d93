import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The page asks for the first item of each connection after every change; looking at all items would cost more the more there are. */
export class FirstItem1763700000200 implements MigrationInterface {
  name = 'FirstItem1763700000200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index on facts.item (connection_id, created_at)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

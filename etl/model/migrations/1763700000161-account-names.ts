import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people keep is theirs by their name, so no two accounts have one name. */
export class AccountNames1763700000161 implements MigrationInterface {
  name = 'AccountNames1763700000161';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create unique index account_name on app.account (lower(name))`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

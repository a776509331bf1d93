import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is sent, exported and told by itself belongs to an account, whatever that one is called. */
export class ScheduleOwners1763700000197 implements MigrationInterface {
  name = 'ScheduleOwners1763700000197';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['app.schedule', 'app.alert']) {
      await runner.query(`
        alter table ${table} add owner_account_id uuid;
        comment on column ${table}.owner_account_id is 'Account, also after it was removed, when nobody owns this; null: nobody signed in.';
        update ${table} kept set owner_account_id = account.id from app.account account where account.name = kept.owner;
        create index on ${table} (owner_account_id) where owner_account_id is not null;
      `);
    }
    await runner.query(`
      alter table app.export_schedule rename account_id to owner_account_id;
      alter table app.export_schedule drop constraint export_schedule_account_id_fkey;
      comment on column app.export_schedule.owner_account_id is
        'Account with whose rights the rows are read, also after it was removed, when nothing is made any more; null: whoever owns the machine.';
      update app.export_schedule kept set owner = account.name from app.account account where account.id = kept.owner_account_id;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people keep is theirs by their account, whatever it is called. */
export class AccountOwners1763700000194 implements MigrationInterface {
  name = 'AccountOwners1763700000194';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, name] of [
      ['app.saved_view', 'owner'],
      ['app.personal_board', 'owner'],
      ['app.watch_mark', 'handled_by'],
      ['app.belief', 'person'],
      ['app.belief_skip', 'person'],
    ] as const) {
      await runner.query(`
        alter table ${table} add owner_account_id uuid;
        comment on column ${table}.owner_account_id is 'Account, also after it was removed, when nobody owns this; null: nobody signed in.';
        update ${table} kept set owner_account_id = account.id from app.account account where account.name = kept.${name};
        create index on ${table} (owner_account_id) where owner_account_id is not null;
      `);
    }
    await runner.query(`
      alter table app.query rename account to owner_account_id;
      comment on column app.query.owner_account_id is 'Account, also after it was removed, when nobody owns this; null: nobody signed in.';
      update app.query kept set owner = account.name from app.account account where account.id = kept.owner_account_id;

      alter table app.saved_view drop constraint saved_view_owner_path_name_key;
      create unique index saved_view_name on app.saved_view (coalesce(owner_account_id::text, owner), path, name);
      drop index app.saved_view_default;
      create unique index saved_view_default on app.saved_view (coalesce(owner_account_id::text, owner), path) where is_default;

      alter table app.belief drop constraint belief_person_metric_scope_from_on_to_on_key;
      create unique index belief_of_person on app.belief (coalesce(owner_account_id::text, person), metric, scope, from_on, to_on);

      alter table app.belief_skip drop constraint belief_skip_pkey;
      create unique index belief_skip_of_person on app.belief_skip (coalesce(owner_account_id::text, person), board, from_on, to_on);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

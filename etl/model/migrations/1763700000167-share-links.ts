import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pages shown to those without an account. */
export class ShareLinks1763700000167 implements MigrationInterface {
  name = 'ShareLinks1763700000167';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.share_link (
        id uuid primary key default gen_random_uuid(),
        account_id uuid not null references app.account on delete cascade,
        title text not null check (title <> ''),
        path text not null,
        query text not null,
        scope jsonb,
        key_hash bytea not null unique check (octet_length(key_hash) = 32),
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        last_opened_at timestamptz,
        revoked_at timestamptz,
        check (expires_at > created_at)
      );
      create index share_link_account_id on app.share_link (account_id);
      comment on table app.share_link is 'Opens one board or kept summary, read only, to whoever has the link.';
      comment on column app.share_link.account_id is 'Who made it; the link shows no more than this account sees, and ends with it.';
      comment on column app.share_link.key_hash is 'SHA-256 of the key in the link, which has 256 random bits and is kept nowhere.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

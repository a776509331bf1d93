import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What scripts sign in with. */
export class ApiTokens1763700000164 implements MigrationInterface {
  name = 'ApiTokens1763700000164';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.api_token (
        id uuid primary key default gen_random_uuid(),
        account_id uuid not null references app.account on delete cascade,
        name text not null check (name <> ''),
        key_hash bytea not null unique check (octet_length(key_hash) = 32),
        permissions text[] not null check (cardinality(permissions) > 0),
        scope jsonb,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        last_used_at timestamptz,
        revoked_at timestamptz,
        check (expires_at > created_at)
      );
      create unique index api_token_account_id_name on app.api_token (account_id, name) where revoked_at is null;
      comment on table app.api_token is 'A key that a script signs in with as its account, with no more than the account may.';
      comment on column app.api_token.key_hash is 'SHA-256 of the key, which has 256 random bits and is kept nowhere.';
      comment on column app.api_token.scope is 'Narrower than that of the account; null: the same.';
      comment on column app.api_token.last_used_at is 'To the minute.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

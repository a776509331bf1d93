import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may sign in, and who is signed in. */
export class Accounts1763700000160 implements MigrationInterface {
  name = 'Accounts1763700000160';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.account (
        id uuid primary key default gen_random_uuid(),
        email text not null unique check (email = lower(email) and email <> ''),
        name text not null check (name <> ''),
        role text not null check (role in ('admin', 'lead', 'executive', 'analyst', 'viewer')),
        scope jsonb check (jsonb_typeof(scope) = 'object'),
        sees_names boolean not null default false,
        password_hash text,
        disabled_at timestamptz,
        signed_in_at timestamptz,
        created_at timestamptz not null default now(),
        changed_at timestamptz not null default now()
      );
      comment on table app.account is 'Somebody who may sign in.';
      comment on column app.account.scope is 'Items it may see, as {"team": ["Billing"]}; null: all.';
      comment on column app.account.sees_names is 'Names of the company''s people; otherwise their pseudonyms.';
      comment on column app.account.password_hash is 'Argon2id with its parameters (PHC); null: none is set.';
      comment on column app.account.disabled_at is 'Null: it may sign in.';

      create table app.session (
        id uuid primary key default gen_random_uuid(),
        token_hash bytea not null unique check (length(token_hash) = 32),
        account_id uuid not null references app.account on delete cascade,
        created_at timestamptz not null,
        seen_at timestamptz not null,
        address text not null,
        agent text not null
      );
      create index session_account on app.session (account_id);
      comment on table app.session is 'A browser somebody is signed in with.';
      comment on column app.session.token_hash is 'SHA-256 of what the cookie holds.';
      comment on column app.session.seen_at is 'Of its last request, to the minute.';

      create table app.sign_in_attempt (
        subject text primary key,
        failures int not null check (failures >= 0),
        last_at timestamptz not null
      );
      comment on table app.sign_in_attempt is 'How often signing in has failed of late, over all servers.';
      comment on column app.sign_in_attempt.subject is 'account: and the SHA-256 of the address that was typed, or address: and where from.';

      create table app.welcome_link (
        id uuid primary key default gen_random_uuid(),
        key_hash bytea not null unique check (length(key_hash) = 32),
        account_id uuid unique references app.account on delete cascade,
        expires_at timestamptz
      );
      create unique index welcome_link_of_first_admin on app.welcome_link ((true)) where account_id is null;
      comment on table app.welcome_link is 'A link that sets a password once.';
      comment on column app.welcome_link.account_id is 'Whose password; null: it makes the first administrator.';
      comment on column app.welcome_link.expires_at is 'Null: when it is used.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sign-in by OpenID Connect. */
export class IdentityProvider1763700000166 implements MigrationInterface {
  name = 'IdentityProvider1763700000166';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.identity (
        issuer text not null,
        subject text not null,
        account_id uuid not null references app.account on delete cascade,
        linked_at timestamptz not null default now(),
        last_used_at timestamptz,
        primary key (issuer, subject)
      );
      create index identity_account_id on app.identity (account_id);
      comment on table app.identity is 'Who an account is at a provider of sign-in. Issuer and subject alone say it; an e-mail address never does.';

      create table app.identity_attempt (
        cookie_hash bytea primary key check (octet_length(cookie_hash) = 32),
        account_id uuid references app.account on delete cascade,
        next_path text not null,
        expires_at timestamptz not null
      );
      create index identity_attempt_account_id on app.identity_attempt (account_id);
      comment on table app.identity_attempt is 'A browser was sent to the provider and has not come back. State, nonce and verifier are made of its cookie and kept nowhere.';
      comment on column app.identity_attempt.account_id is 'The account that is to be linked; null: a sign-in.';

      alter table app.session add column is_by_provider boolean not null default false;
      comment on column app.session.is_by_provider is 'A provider of sign-in vouched for it, second factor and all.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

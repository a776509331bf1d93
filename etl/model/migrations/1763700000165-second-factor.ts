import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is asked after the password. */
export class SecondFactor1763700000165 implements MigrationInterface {
  name = 'SecondFactor1763700000165';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.second_factor (
        account_id uuid primary key references app.account on delete cascade,
        key_id text not null,
        nonce bytea not null,
        sealed bytea not null,
        last_step bigint not null default 0,
        begun_at timestamptz not null default now(),
        confirmed_at timestamptz
      );
      comment on table app.second_factor is 'The secret an account shares with an authenticator app (RFC 6238), sealed.';
      comment on column app.second_factor.last_step is 'Half minutes since 1970 of the last code taken; no code of it or of one before is taken again.';
      comment on column app.second_factor.confirmed_at is 'Null: set up, but no code was given yet, so it is not asked for.';

      create table app.recovery_code (
        account_id uuid not null references app.second_factor on delete cascade,
        code_hash bytea not null check (octet_length(code_hash) = 32),
        used_at timestamptz,
        primary key (account_id, code_hash)
      );
      comment on table app.recovery_code is 'Opens once where the app is lost. SHA-256 of 120 random bits.';

      create table app.half_sign_in (
        token_hash bytea primary key check (octet_length(token_hash) = 32),
        account_id uuid not null references app.account on delete cascade,
        tries int not null default 0,
        expires_at timestamptz not null
      );
      create index half_sign_in_account_id on app.half_sign_in (account_id);
      comment on table app.half_sign_in is 'The password was right and the second factor is asked for; bound to one browser by its cookie.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

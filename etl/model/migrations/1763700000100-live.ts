import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What pulling from live tools needs: leases, secrets, censuses, and how a connection fares. */
export class Live1763700000100 implements MigrationInterface {
  name = 'Live1763700000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ingest.lease (
        connection_id uuid primary key,
        token bigint not null,
        holder text not null,
        session_pid int not null,
        session_started_at timestamptz,
        expires_at timestamptz not null
      );
      comment on table ingest.lease is 'Who works on a connection. The token grows with each holder; a transaction of an earlier one is refused.';

      create table ingest.secret (
        connection_id uuid not null references ingest.connection on delete cascade,
        name text not null,
        key_id text not null,
        nonce bytea not null,
        sealed bytea not null,
        set_at timestamptz not null default now(),
        primary key (connection_id, name)
      );
      comment on table ingest.secret is 'Tokens of connections, encrypted with a key that is not in the database and bound to connection, name and address.';

      create table ingest.census (
        connection_id uuid primary key references ingest.connection on delete cascade,
        taken_at timestamptz not null,
        items int not null,
        missing int not null,
        state text not null check (state in ('complete', 'held'))
      );
      comment on column ingest.census.state is 'held: too many items were missing at once; the rights of the credentials probably shrank, and nothing was counted as missing.';

      create table ingest.absence (
        connection_id uuid not null references ingest.connection on delete cascade,
        external_id text not null,
        misses int not null,
        missed_at timestamptz not null,
        found text check (found in ('present', 'gone', 'hidden')),
        deleted_at timestamptz,
        primary key (connection_id, external_id)
      );
      comment on table ingest.absence is 'Items that the last censuses did not list, and what a direct look at them found.';

      alter table ingest.connection
        add state text not null default 'active' check (state in ('active', 'needs_auth', 'paused')),
        add failures int not null default 0,
        add last_error text,
        add retry_at timestamptz;
      comment on column ingest.connection.failures is 'Failed syncs since the last good one.';
      comment on column ingest.connection.retry_at is 'Not synced by schedule before this moment; null: at once.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

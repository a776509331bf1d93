import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ways to somebody who is to hear of something, and what waits to go there. */
export class Channels1763700000155 implements MigrationInterface {
  name = 'Channels1763700000155';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.channel (
        id uuid primary key default gen_random_uuid(),
        name text not null unique check (name <> ''),
        kind text not null check (kind in ('mail', 'slack', 'webhook')),
        destination text not null,
        added_by text not null check (added_by <> ''),
        added_at timestamptz not null default now(),
        last_sent_at timestamptz,
        failing_since timestamptz,
        last_error text,
        check ((failing_since is null) = (last_error is null))
      );
      comment on table app.channel is 'A way to somebody who is to hear of something: an address, or a web address that takes messages.';
      comment on column app.channel.destination is 'The address; of a web address the origin alone, since the rest of it is a secret.';
      comment on column app.channel.failing_since is 'What was sent there did not arrive since then; null: the last message did.';

      create table app.channel_secret (
        channel_id uuid not null references app.channel on delete cascade,
        name text not null,
        key_id text not null,
        nonce bytea not null,
        sealed bytea not null,
        primary key (channel_id, name)
      );
      comment on table app.channel_secret is 'Sealed: the web address, and what messages to it are signed with.';

      create table app.channel_dispatch (
        id uuid primary key default gen_random_uuid(),
        channel_id uuid not null references app.channel on delete cascade,
        key text not null,
        state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'failed')),
        due_at timestamptz not null,
        attempts int not null default 0,
        claimed_until timestamptz,
        error text,
        created_at timestamptz not null default now(),
        ended_at timestamptz,
        unique (channel_id, key),
        check ((state = 'sending') = (claimed_until is not null)),
        check ((state in ('sent', 'failed')) = (ended_at is not null))
      );
      create index channel_dispatch_due_at on app.channel_dispatch (due_at) where state = 'queued';
      create index channel_dispatch_claimed_until on app.channel_dispatch (claimed_until) where state = 'sending';
      comment on table app.channel_dispatch is 'One message to a channel. Its key is its identity: what is put in again under it changes nothing.';
      comment on column app.channel_dispatch.state is 'Of a message by mail, sent: it was handed to the outbox of mails.';

      create table app.channel_notice (
        dispatch_id uuid not null references app.channel_dispatch on delete cascade,
        key text not null,
        message jsonb not null,
        created_at timestamptz not null default now(),
        primary key (dispatch_id, key)
      );
      comment on table app.channel_notice is 'What a message says: one thing, or several in a digest.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

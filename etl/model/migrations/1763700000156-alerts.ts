import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What somebody wants to be told when it happens, and what has happened. */
export class Alerts1763700000156 implements MigrationInterface {
  name = 'Alerts1763700000156';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.alert (
        id uuid primary key default gen_random_uuid(),
        name text not null unique check (name <> ''),
        owner text not null check (owner <> ''),
        rule jsonb not null,
        delivery jsonb not null,
        made_at timestamptz not null default now(),
        phase text not null default 'ok' check (phase in ('ok', 'pending', 'firing', 'recovering')),
        streak int not null default 0,
        untold text,
        since_at timestamptz not null default now(),
        reading jsonb,
        judged_version bigint,
        look_at timestamptz,
        error text
      );
      comment on table app.alert is 'What somebody wants to be told when it happens, and how it stands.';
      comment on column app.alert.untold is 'Why nobody can tell now; null: one can. The phase then stays what it was.';
      comment on column app.alert.reading is 'The last reading: its period or moment, value, n and interval.';
      comment on column app.alert.judged_version is 'Version of the facts it was judged on.';
      comment on column app.alert.look_at is 'When it is looked at next; null: with the next version of the facts.';

      create table app.alert_channel (
        alert_id uuid not null references app.alert on delete cascade,
        channel_id uuid not null references app.channel on delete cascade,
        primary key (alert_id, channel_id)
      );
      create index on app.alert_channel (channel_id);

      create table app.alert_reading (
        alert_id uuid not null references app.alert on delete cascade,
        key text not null,
        reading jsonb not null,
        verdict text not null check (verdict in ('breach', 'clear', 'between', 'untold')),
        phase text not null check (phase in ('ok', 'pending', 'firing', 'recovering')),
        streak int not null,
        judged_at timestamptz not null,
        primary key (alert_id, key)
      );
      comment on table app.alert_reading is 'Each period or look that was judged, as it was judged last.';
      comment on column app.alert_reading.key is 'First day of the period, or the moment of the look; sorts by time.';

      create table app.alert_episode (
        id uuid primary key default gen_random_uuid(),
        alert_id uuid not null references app.alert on delete cascade,
        fired_at timestamptz not null,
        fired jsonb not null,
        recovered_at timestamptz,
        recovered jsonb,
        told_at timestamptz,
        recovery_told_at timestamptz,
        known_items uuid[] not null default '{}',
        check ((recovered_at is null) = (recovered is null))
      );
      create unique index alert_episode_open on app.alert_episode (alert_id) where recovered_at is null;
      create index on app.alert_episode (alert_id, fired_at);
      comment on table app.alert_episode is 'From the moment an alert fired until it recovered; an alert has one at a time.';
      comment on column app.alert_episode.told_at is 'When its message was put into the outbox; null: muted, or without a channel.';
      comment on column app.alert_episode.known_items is 'The items it was about so far, so that new ones are told.';

      create table app.alert_mute (
        id uuid primary key default gen_random_uuid(),
        alert_id uuid not null references app.alert on delete cascade,
        muted_by text not null check (muted_by <> ''),
        why text not null check (why <> ''),
        muted_at timestamptz not null default now(),
        until_at timestamptz not null,
        ended_by text,
        ended_at timestamptz,
        check ((ended_by is null) = (ended_at is null))
      );
      create index on app.alert_mute (alert_id);

      create table app.alert_remark (
        id uuid primary key default gen_random_uuid(),
        alert_id uuid not null references app.alert on delete cascade,
        said_by text not null check (said_by <> ''),
        text text not null check (text <> ''),
        said_at timestamptz not null default now()
      );
      create index on app.alert_remark (alert_id);
      comment on table app.alert_remark is 'What somebody did about it.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

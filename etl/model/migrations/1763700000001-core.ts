import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Schemas, what came in (`ingest`) and the item's story (`core`). Big tables lead with `item_id`, so they can be distributed by it. */
export class Core1763700000001 implements MigrationInterface {
  name = 'Core1763700000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema if not exists ingest;
      create schema if not exists core;
      create schema if not exists facts;
      create schema if not exists analytics;
      create schema if not exists app;

      create table ingest.connection (
        id uuid primary key,
        name text not null unique check (name <> ''),
        connector text not null,
        config jsonb not null,
        settings jsonb not null,
        capabilities jsonb not null,
        map_version int not null,
        is_sample boolean not null default false,
        as_of_at timestamptz,
        last_complete_at timestamptz,
        created_at timestamptz not null default now()
      );
      comment on column ingest.connection.as_of_at is 'The data''s own time: the source''s clock at the last complete sync, or the latest time in the file.';

      create table ingest.checkpoint (
        connection_id uuid not null references ingest.connection on delete cascade,
        stream text not null,
        cursor jsonb not null,
        seq bigint not null,
        updated_at timestamptz not null default now(),
        primary key (connection_id, stream)
      );

      create table ingest.sync_run (
        id uuid primary key,
        connection_id uuid not null references ingest.connection on delete cascade,
        stream text not null,
        state text not null check (state in ('running', 'complete', 'incomplete', 'failed')),
        started_at timestamptz not null,
        finished_at timestamptz,
        fetched int not null default 0,
        inserted int not null default 0,
        updated int not null default 0,
        unchanged int not null default 0,
        duplicate int not null default 0,
        quarantined int not null default 0,
        error text,
        check (state <> 'complete' or fetched = inserted + updated + unchanged + duplicate + quarantined)
      );
      create index on ingest.sync_run (connection_id, started_at desc);

      create table ingest.raw_record (
        connection_id uuid not null,
        stream text not null,
        record_id uuid not null,
        version int not null default 1,
        content_hash uuid not null,
        external_id text not null,
        op text not null default 'upsert',
        payload json not null,
        run_id uuid not null,
        seen_at timestamptz not null default now(),
        primary key (record_id, version)
      );
      create index on ingest.raw_record (connection_id, stream);

      create table ingest.quarantine (
        id uuid primary key,
        connection_id uuid not null references ingest.connection on delete cascade,
        run_id uuid not null,
        stream text not null,
        external_id text,
        position text not null,
        code text not null,
        reason text not null,
        raw bytea not null,
        first_seen_at timestamptz not null default now(),
        resolved_at timestamptz
      );
      create index on ingest.quarantine (connection_id) where resolved_at is null;
    `);
    await runner.query(`
      create table core.calendar (
        id uuid primary key,
        connection_id uuid not null references ingest.connection on delete cascade,
        external_id text not null,
        name text not null,
        time_zone text not null
      );
      create index on core.calendar (connection_id);
      create table core.calendar_hours (
        calendar_id uuid not null references core.calendar on delete cascade,
        weekday int not null check (weekday between 1 and 7),
        opens time not null,
        closes time not null,
        valid_from date not null default '-infinity',
        valid_to date not null default 'infinity',
        primary key (calendar_id, weekday, opens, valid_from),
        check (opens < closes)
      );
      create table core.calendar_holiday (
        calendar_id uuid not null references core.calendar on delete cascade,
        on_date date not null,
        name text not null,
        opens time,
        closes time,
        primary key (calendar_id, on_date),
        check ((opens is null) = (closes is null) and (opens is null or opens < closes))
      );

      create table core.status (
        id uuid primary key,
        connection_id uuid not null references ingest.connection on delete cascade,
        name text not null,
        meaning text not null check (meaning in ('ours_active', 'ours_waiting', 'customer', 'third_party', 'done', 'cancelled', 'unmapped'))
      );
      create index on core.status (connection_id);
      create table core.person (
        id uuid primary key,
        connection_id uuid not null references ingest.connection on delete cascade,
        external_id text not null,
        name text not null,
        is_bot boolean not null default false
      );
      create index on core.person (connection_id);
      create table core.team (
        id uuid primary key,
        connection_id uuid not null references ingest.connection on delete cascade,
        external_id text not null,
        name text not null,
        calendar_id uuid references core.calendar
      );
      create index on core.team (connection_id);
      create table core.customer (
        id uuid primary key,
        connection_id uuid not null references ingest.connection on delete cascade,
        external_id text not null,
        name text not null,
        group_name text,
        language text,
        time_zone text,
        calendar_id uuid references core.calendar,
        since_at timestamptz
      );
      create index on core.customer (connection_id);

      create table core.item (
        item_id uuid primary key,
        connection_id uuid not null,
        external_id text not null,
        as_of_at timestamptz not null,
        as_of_seq bigint not null,
        title text,
        url text,
        type text not null,
        service text,
        channel text,
        priority text,
        language text,
        customer_id uuid,
        created_at timestamptz,
        started_at timestamptz,
        finished_at timestamptz,
        finish_is_explicit boolean not null default false,
        excluded text,
        attributes jsonb,
        record_id uuid not null,
        deleted_at timestamptz
      );
      create index on core.item (connection_id);

      create table core.event (
        item_id uuid not null,
        event_id uuid not null,
        at timestamptz not null,
        seq bigint not null,
        kind text not null check (kind in ('created', 'changed', 'promised', 'said', 'noted', 'rated')),
        actor_id uuid,
        actor_role text check (actor_role in ('customer', 'agent', 'system', 'unknown')),
        status_id uuid,
        team_id uuid,
        person_id uuid,
        due_at timestamptz,
        asked_by_customer boolean,
        side text check (side in ('team', 'customer', 'system')),
        is_public boolean,
        is_bot boolean,
        rating real,
        record_id uuid not null,
        primary key (item_id, event_id)
      );
      create index event_story on core.event (item_id, at, seq, event_id);
      comment on table core.event is 'The item''s story. A null team_id, person_id or status_id says nothing; the nil uuid as owner says nobody. A promised event without due_at takes the promise back.';

      create table core.message (
        item_id uuid not null,
        event_id uuid not null,
        body text not null,
        language text,
        attachments text[] not null default '{}',
        primary key (item_id, event_id)
      );

      create table core.link (
        item_id uuid not null,
        other_item_id uuid not null,
        kind text not null check (kind in ('becomes', 'blocks', 'relates', 'duplicates')),
        at timestamptz not null,
        record_id uuid not null,
        primary key (item_id, other_item_id, kind)
      );
      create index on core.link (other_item_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

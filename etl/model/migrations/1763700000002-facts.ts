import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Derived, droppable, rebuilt. Every row is a function of `core` alone: no clock is read, so an open end is `infinity`
 * and is clipped to the data's own time when asked. Nothing is rolled up.
 */
export class Facts1763700000002 implements MigrationInterface {
  name = 'Facts1763700000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table facts.dirty (item_id uuid primary key);
      create table facts.state (
        is_only boolean primary key default true check (is_only),
        version bigint not null default 0
      );
      insert into facts.state default values;
      create table facts.removed (item_id uuid primary key, version bigint not null);

      create table facts.calendar_span (
        calendar_id uuid not null,
        from_at timestamptz not null,
        to_at timestamptz not null,
        seconds_before bigint not null,
        primary key (calendar_id, from_at)
      );
      comment on table facts.calendar_span is 'Working time as instants; seconds_before = working seconds of all earlier spans of the calendar.';

      create table facts.item (
        item_id uuid primary key,
        connection_id uuid not null,
        version bigint not null,
        type text not null,
        service text,
        channel text,
        priority text,
        language text,
        customer_id uuid,
        first_team_id uuid,
        team_id uuid,
        person_id uuid,
        created_at timestamptz not null,
        started_at timestamptz,
        finished_at timestamptz,
        ended_at timestamptz not null,
        outcome text not null check (outcome in ('open', 'done', 'cancelled', 'unknown')),
        excluded text,
        first_event_at timestamptz not null,
        last_event_at timestamptz not null,
        event_count int not null,
        lead_business_seconds bigint,
        cycle_business_seconds bigint,
        team_handoffs int not null,
        team_returns int not null,
        team_direct_returns int not null,
        person_handoffs int not null,
        person_returns int not null,
        person_direct_returns int not null,
        resolutions int not null,
        reopens int not null,
        first_due_at timestamptz,
        last_due_at timestamptz,
        due_moves int not null,
        first_response_at timestamptz,
        first_response_business_seconds bigint,
        ours_active_seconds bigint,
        ours_waiting_seconds bigint,
        customer_seconds bigint,
        third_party_seconds bigint,
        unowned_seconds bigint
      );
      comment on column facts.item.ended_at is 'finished, cancelled or unknown end; infinity while open.';
      comment on column facts.item.outcome is 'unknown: done by status, but the source that tells the finish does not tell this one; excluded from durations and counted.';
      comment on column facts.item.team_id is 'The team that has it now, or had it last.';
      create index on facts.item (version);

      create table facts.cycle (
        item_id uuid not null,
        n int not null,
        opened_at timestamptz not null,
        resolved_at timestamptz,
        reopened_at timestamptz,
        team_id uuid,
        primary key (item_id, n)
      );

      create table facts.interval (
        item_id uuid not null,
        n int not null,
        from_at timestamptz not null,
        to_at timestamptz not null,
        court text not null check (court in ('ours_active', 'ours_waiting', 'customer', 'third_party')),
        team_id uuid,
        person_id uuid,
        is_owned boolean not null,
        is_due_past boolean not null,
        has_next_step boolean not null,
        is_fresh boolean not null,
        is_unmapped boolean not null,
        primary key (item_id, n),
        check (from_at < to_at)
      );
      comment on table facts.interval is 'The open time of an item, cut wherever one of its states changes. Adjacent, without gaps or overlaps within a cycle.';

      create table facts.ownership (
        item_id uuid not null,
        level text not null check (level in ('team', 'person')),
        n int not null,
        owner_id uuid,
        from_at timestamptz not null,
        to_at timestamptz not null,
        primary key (item_id, level, n)
      );
      comment on column facts.ownership.owner_id is 'null: nobody had it.';

      create table facts.handoff (
        item_id uuid not null,
        level text not null check (level in ('team', 'person')),
        n int not null,
        left_at timestamptz not null,
        at timestamptz not null,
        from_id uuid not null,
        to_id uuid not null,
        returns text check (returns in ('direct', 'indirect')),
        acted_at timestamptz,
        until_at timestamptz not null,
        wait_business_seconds bigint,
        has_note boolean,
        primary key (item_id, level, n)
      );
      comment on column facts.handoff.left_at is 'When the sender let go; before at where nobody had it in between.';
      comment on column facts.handoff.until_at is 'When the receiver let go or the item ended; infinity while it lasts.';
      comment on column facts.handoff.returns is 'direct: back to whom it came from (A B A); indirect: to someone who had it before.';

      create table facts.promise (
        item_id uuid not null,
        n int not null,
        said_at timestamptz not null,
        due_at timestamptz not null,
        until_at timestamptz not null,
        moved_seconds bigint,
        is_after_due boolean,
        asked_by_customer boolean not null,
        is_last boolean not null,
        primary key (item_id, n)
      );
      comment on table facts.promise is 'The dates given to the customer, corrections removed. until_at: when this date was replaced, taken back or the item ended.';
      comment on column facts.promise.moved_seconds is 'This due minus the one before; null for the first.';
      comment on column facts.promise.is_after_due is 'Moved once the old date had passed; null for the first.';

      create table facts.turn (
        item_id uuid not null,
        n int not null,
        asked_at timestamptz not null,
        answered_at timestamptz,
        until_at timestamptz not null,
        team_id uuid,
        business_seconds bigint,
        primary key (item_id, n)
      );
      comment on table facts.turn is 'Consecutive messages of the customer until the next human public reply.';

      create table facts.silence (
        item_id uuid not null,
        n int not null,
        from_at timestamptz not null,
        to_at timestamptz not null,
        ours_seconds bigint,
        team_id uuid,
        primary key (item_id, n)
      );
      comment on table facts.silence is 'From one public word of ours (or the creation) to the next, or to the end of the cycle. ours_seconds: of it with the ball in our court; null while open.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Facts are derived: drop the schema and rebuild.');
  }
}

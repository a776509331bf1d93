import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Derived, droppable, rebuilt. Every row is a function of `core` alone: no clock is read, so an open end is `infinity`
 * and is clipped to the data's own time when asked. Nothing is rolled up.
 */
export class Facts1763700000002 implements MigrationInterface {
  name = 'Facts1763700000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table facts.dirty (
        mark bigint generated always as identity primary key,
        item_id uuid not null
      );
      comment on table facts.dirty is 'Items to derive again; written in the transaction that changed them. One mark per change, so that a change made while facts are derived is not lost with the mark of an earlier one.';
      create table facts.basis (
        kind text not null check (kind in ('connection', 'calendar')),
        id uuid not null,
        fingerprint uuid not null,
        primary key (kind, id)
      );
      comment on table facts.basis is 'Settings and calendars the facts were derived with; a change makes their items dirty.';
      create table facts.state (
        is_only boolean primary key default true check (is_only),
        version bigint not null default 0
      );
      insert into facts.state default values;
      create table facts.removed (item_id uuid primary key, version bigint not null);
      create index on facts.removed (version);

      create table facts.calendar_span (
        calendar_id uuid not null,
        from_at timestamptz not null,
        to_at timestamptz not null,
        seconds_before bigint not null,
        primary key (calendar_id, from_at)
      );
      comment on table facts.calendar_span is 'Working time as instants, 1990 to 2050; seconds_before = working seconds of all earlier spans of the calendar.';

      create function facts.business_seconds(calendar uuid, from_at timestamptz, to_at timestamptz) returns bigint
        language sql stable parallel safe
        return case
          when not isfinite(from_at) or not isfinite(to_at) then null
          when calendar is null then (floor(date_part('epoch', to_at)) - floor(date_part('epoch', from_at)))::bigint
          when least(from_at, to_at) < '1990-01-02T00:00:00Z' or greatest(from_at, to_at) >= '2050-12-30T00:00:00Z' then null
          else coalesce(
            (
              select s.seconds_before + date_part('epoch', least(date_trunc('second', business_seconds.to_at), s.to_at) - s.from_at)::bigint
              from facts.calendar_span s
              where s.calendar_id = business_seconds.calendar and s.from_at <= business_seconds.to_at
              order by s.from_at desc
              limit 1
            ),
            0
          ) - coalesce(
            (
              select s.seconds_before + date_part('epoch', least(date_trunc('second', business_seconds.from_at), s.to_at) - s.from_at)::bigint
              from facts.calendar_span s
              where s.calendar_id = business_seconds.calendar and s.from_at <= business_seconds.from_at
              order by s.from_at desc
              limit 1
            ),
            0
          )
        end;
      comment on function facts.business_seconds is 'Working seconds of the calendar in [from_at, to_at), both cut to the whole second. Null calendar: round the clock. Null outside the years calendar_span covers, and for infinity.';

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
      comment on table facts.item is 'One row per item. Instants of all facts are those of the source; every column of seconds is a difference of instants cut to the whole second, so that parts add up.';
      comment on column facts.item.ended_at is 'finished, cancelled or unknown end; infinity while open.';
      comment on column facts.item.excluded is 'As told by the source, or clock_anomaly: it ended before it was created, its seconds are null and it has no intervals.';
      comment on column facts.item.lead_business_seconds is 'created to finished, each second by the calendar of the team that had it, the default calendar while none had it.';
      comment on column facts.item.first_due_at is 'Of the first promise; last_due_at of the last one said, even if that was after the one before had passed: see promise.until_at for the one in force.';
      comment on column facts.item.due_moves is 'Promises said after the first that gave another date.';
      comment on column facts.item.first_response_business_seconds is 'On the calendar of the team that answered.';
      comment on column facts.item.ours_active_seconds is 'Sums over the intervals of the item; null while open.';
      comment on column facts.item.outcome is 'unknown: done by status, but the source that tells the finish does not tell this one; excluded from durations and counted.';
      comment on column facts.item.team_id is 'The team that has it now, or had it last; person_id likewise.';
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
      comment on table facts.cycle is 'One row per time the item was opened. resolved_at: done, as told by the status or, in the last cycle, by the explicit finish; null while open and where it was cancelled.';
      comment on column facts.cycle.team_id is 'The team that had it when the cycle ended, or has it now.';

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
      comment on table facts.interval is 'The open time of an item, cut wherever one of its states changes. Adjacent, without gaps or overlaps within a cycle; the last one runs to infinity while the item is open.';
      comment on column facts.interval.is_owned is 'A team or a person has it.';

      create table facts.ownership (
        item_id uuid not null,
        level text not null check (level in ('team', 'person')),
        n int not null,
        owner_id uuid,
        from_at timestamptz not null,
        to_at timestamptz not null,
        primary key (item_id, level, n)
      );
      comment on table facts.ownership is 'Who had the item, corrections removed, from the first word about it. Goes on after the end where the source does.';
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
      comment on column facts.handoff.acted_at is 'First own act of the receiver while having it.';
      comment on column facts.handoff.wait_business_seconds is 'at to acted_at, or to until_at without an act, on the calendar of the receiving team; null while it waits.';
      comment on column facts.handoff.has_note is 'A note by the sender around the handoff; null where the source does not tell internal notes.';
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
      comment on column facts.promise.moved_seconds is 'This due minus the one before; null for the first, and where the same date was given again after it was taken back.';
      comment on column facts.promise.is_after_due is 'Moved once the old date had passed; null where moved_seconds is.';

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
      comment on column facts.turn.until_at is 'Answered, or else the end of the item; infinity while it waits.';
      comment on column facts.turn.team_id is 'The team that had it when asked, else when answered, else at last; business_seconds to answered_at or else until_at on its calendar, null while it waits.';

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
      comment on column facts.silence.team_id is 'The team that had it when the silence ended, or has it now.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Facts are derived: drop the schema and rebuild.');
  }
}

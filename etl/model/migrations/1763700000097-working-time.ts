import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which calendar whose time runs on, and how much working time lies before any instant: what waits are told from closed hours by. */
export class WorkingTime1763700000097 implements MigrationInterface {
  name = 'WorkingTime1763700000097';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create view measured.clock as
      with standard as (
        select c.id as connection_id, k.id as calendar_id
        from ingest.connection c
        left join core.calendar k on k.connection_id = c.id and k.external_id = c.settings ->> 'defaultCalendar'
      )
      select t.id as owner_id, coalesce(t.calendar_id, standard.calendar_id) as calendar_id
      from core.team t
      join standard using (connection_id)
      union all
      select connection_id, calendar_id
      from standard;
      comment on view measured.clock is 'The calendar of each team, and of each connection for what no team has. Null: round the clock.';

      create view measured.calendar as
      select
        b.id as calendar_id,
        b.fingerprint::text as fingerprint,
        (select floor(extract(epoch from max(as_of_at)) / 86400)::int + 1 from ingest.connection) as last_day
      from facts.basis b
      where b.kind = 'calendar' and b.id in (select calendar_id from measured.clock);
      comment on view measured.calendar is 'The calendars of teams and connections; last_day: the UTC day after the data ends, days since 1970.';

      create view measured.working_time as
      with day as (
        select c.calendar_id, d.utc_day
        from measured.calendar c
        cross join lateral generate_series(7305, c.last_day) as d (utc_day)
      ),
      span as (
        select
          s.calendar_id,
          extract(epoch from s.from_at)::bigint as from_second,
          extract(epoch from s.to_at)::bigint as to_second,
          s.seconds_before
        from facts.calendar_span s
        join measured.calendar using (calendar_id)
      ),
      span_of_day as (
        select
          s.calendar_id,
          d.utc_day,
          greatest(s.from_second, 86400::bigint * d.utc_day) as opens_second,
          least(s.to_second, 86400::bigint * (d.utc_day + 1)) as closes_second,
          s.seconds_before + greatest(0, 86400::bigint * d.utc_day - s.from_second) as seconds_before
        from span s
        cross join lateral generate_series((s.from_second / 86400)::int, ((s.to_second - 1) / 86400)::int) as d (utc_day)
      )
      select
        day.calendar_id,
        day.utc_day,
        case
          when lag(s.opens_second) over in_day is null then 86400::bigint * day.utc_day
          else s.opens_second
        end as from_second,
        coalesce(lead(s.opens_second) over in_day, 86400::bigint * (day.utc_day + 1)) as to_second,
        coalesce(s.opens_second, 86400::bigint * day.utc_day) as opens_second,
        coalesce(s.closes_second, 86400::bigint * day.utc_day) as closes_second,
        coalesce(
          s.seconds_before,
          max(s.seconds_before + s.closes_second - s.opens_second) over (
            partition by day.calendar_id order by day.utc_day, s.opens_second rows unbounded preceding
          ),
          0
        )::bigint as seconds_before
      from day
      left join span_of_day s on s.calendar_id = day.calendar_id and s.utc_day = day.utc_day
      window in_day as (partition by day.calendar_id, day.utc_day order by s.opens_second);
      comment on view measured.working_time is 'Each UTC day from 1990 to the end of the data, cut where a working span begins, so that an instant lies in one row of its day: before it the calendar worked seconds_before + greatest(0, least(instant, closes_second) - opens_second). Seconds since 1970.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

/**
 * Working hours as instants. Local opening and closing times are converted one by one, so a span that crosses a clock
 * change has its true length. A local time the clock skips moves forward by the skip; of a repeated one the later holds.
 * Overlapping spans are merged. The years are fixed, so that spans depend on the calendar alone: fewer would leave old
 * or planned items without business time, a calendar of five days takes 16,000 rows.
 */
export const insertCalendarSpans = `
insert into facts.calendar_span (calendar_id, from_at, to_at, seconds_before)
with day as (
  select
    c.id as calendar_id,
    c.time_zone,
    d.on_date::date as on_date,
    extract(isodow from d.on_date)::int as weekday
  from changed_basis b
  join core.calendar c on b.kind = 'calendar' and c.id = b.id
  cross join generate_series(timestamp '1990-01-01', timestamp '2050-12-31', interval '1 day') as d (on_date)
),
local_span as (
  select day.calendar_id, day.time_zone, day.on_date, h.opens, h.closes
  from day
  join core.calendar_hours h
    on h.calendar_id = day.calendar_id
    and h.weekday = day.weekday
    and day.on_date >= h.valid_from
    and day.on_date < h.valid_to
  where not exists (
    select from core.calendar_holiday holiday
    where holiday.calendar_id = day.calendar_id and holiday.on_date = day.on_date
  )
  union all
  select day.calendar_id, day.time_zone, day.on_date, holiday.opens, holiday.closes
  from day
  join core.calendar_holiday holiday on holiday.calendar_id = day.calendar_id and holiday.on_date = day.on_date
  where holiday.opens is not null
),
merged as (
  select
    calendar_id,
    unnest(range_agg(tstzrange(
      (on_date + opens) at time zone time_zone,
      greatest((on_date + opens) at time zone time_zone, (on_date + closes) at time zone time_zone)
    ))) as span
  from local_span
  group by calendar_id
),
span as (
  select calendar_id, lower(span) as from_at, upper(span) as to_at
  from merged
)
select
  calendar_id,
  from_at,
  to_at,
  coalesce(
    sum(extract(epoch from to_at - from_at)) over (
      partition by calendar_id order by from_at rows between unbounded preceding and 1 preceding
    ),
    0
  )::bigint
from span
`;

export const deleteChangedCalendarSpans = `
delete from facts.calendar_span s
using changed_basis b
where b.kind = 'calendar' and s.calendar_id = b.id
`;

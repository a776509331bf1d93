-- Promises kept on the last date given: each team in the last complete week against everything, with n and the interval, as the page shows them.
-- The weeks are counted by the server, so these are its numbers to the last digit; add no other filter, ask the page for that.
-- A metric of time has no value where types of work are mixed, which its note says.
with last_complete as (
  select max(week) as week
  from analytics.metric_week
  where note is null or note not like '%running%'
)
select
  w.week,
  case
    when w.dimension = 'all' then '(all)'
    else coalesce(w.segment, '(no team)')
  end as team,
  round(w.value::numeric, 1) as kept_percent,
  round(w.low::numeric, 1) as low_percent,
  round(w.high::numeric, 1) as high_percent,
  w.n,
  w.note,
  m.treatment
from analytics.metric_week w
join analytics.metric m on m.metric = w.metric
join last_complete l on l.week = w.week
where w.metric = 'on-time-last'
order by w.dimension, w.value desc nulls last, team;

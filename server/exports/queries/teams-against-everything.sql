-- First response of each team in the last complete week against that of everything, with n and the interval, as the page shows them.
-- The weeks are counted by the server, so these are its numbers to the last digit; add no other filter, ask the page for that.
with last_complete as (
  select max(week) as week
  from analytics.metric_week
  where note is null or note not like '%running%'
)
select
  w.dimension,
  coalesce(w.segment, '(all)') as segment,
  w.value_name,
  round((w.value / 3600)::numeric, 2) as hours,
  round((w.low / 3600)::numeric, 2) as low_hours,
  round((w.high / 3600)::numeric, 2) as high_hours,
  w.n,
  w.note,
  m.treatment
from analytics.metric_week w
join analytics.metric m on m.metric = w.metric
join last_complete l on l.week = w.week
where w.metric = 'first-response'
order by w.dimension, w.value desc nulls last, segment, w.value_name;

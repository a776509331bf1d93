-- Open items older than 85 of 100 finished ones of their type ever became.
with pace as (
  select type, percentile_cont(0.85) within group (order by lead_seconds) as p85
  from analytics.item
  where excluded is null and outcome = 'done'
  group by type
)
select i.type, i.team, count(*)::int as too_old, round((max(i.age_seconds) / 86400.0)::numeric, 1) as oldest_days
from analytics.item i
join pace p on p.type = i.type and i.age_seconds > p.p85
where i.excluded is null and i.outcome = 'open'
group by i.type, i.team
order by too_old desc;

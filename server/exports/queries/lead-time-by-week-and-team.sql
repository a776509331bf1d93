-- Lead time by week of the finish and team: median and 85th percentile of finished items, in hours.
-- Finished items alone look faster than all: see the open ones beside them before you say it got better.
select
  date_trunc('week', finished_at)::date as week,
  team,
  count(*)::int as n,
  round((percentile_cont(0.5) within group (order by lead_seconds) / 3600)::numeric, 1) as median_hours,
  round((percentile_cont(0.85) within group (order by lead_seconds) / 3600)::numeric, 1) as p85_hours
from analytics.item
where excluded is null and outcome = 'done'
group by week, team
having count(*) >= 10
order by week desc, team;

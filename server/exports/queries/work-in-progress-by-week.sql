-- Open items at the end of each week, by team of now or last.
with weeks as (
  select generate_series(date_trunc('week', min(created_at)), max(as_of_at), interval '1 week') as at
  from analytics.item
)
select w.at::date as week, i.team, count(*)::int as open_items
from weeks w
join analytics.item i on i.created_at < w.at and (i.ended_at is null or i.ended_at >= w.at)
where i.excluded is null and i.outcome <> 'unknown'
group by w.at, i.team
order by w.at desc, i.team;

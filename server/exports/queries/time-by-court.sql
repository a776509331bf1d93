-- Whose court the time was spent in, by type of item: share of all open time, in percent.
with spent as (
  select i.type, x.court, sum(x.seconds)::float8 as seconds
  from analytics.interval x
  join analytics.item i on i.item_id = x.item_id
  where i.excluded is null
  group by i.type, x.court
)
select type, court, round((100 * seconds / sum(seconds) over (partition by type))::numeric, 1) as percent
from spent
order by type, percent desc;

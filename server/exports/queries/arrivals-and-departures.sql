-- Items created and finished by week, and what that adds to the pile.
with moves as (
  select date_trunc('week', created_at)::date as week, 1 as came, 0 as went
  from analytics.item
  where excluded is null
  union all
  select date_trunc('week', ended_at)::date, 0, 1
  from analytics.item
  where excluded is null and ended_at is not null
)
select week, sum(came)::int as created, sum(went)::int as ended, sum(came - went)::int as added
from moves
group by week
order by week desc;

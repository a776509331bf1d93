-- One customer waits two hours and the next two weeks: median and spread of the lead time by customer, with at least 20 items.
-- The spread is (Q3 - Q1) / (Q3 + Q1): 0 is always alike.
with quartiles as (
  select
    customer,
    count(*)::int as n,
    percentile_cont(0.25) within group (order by lead_seconds) as q1,
    percentile_cont(0.5) within group (order by lead_seconds) as q2,
    percentile_cont(0.75) within group (order by lead_seconds) as q3
  from analytics.item
  where excluded is null and outcome = 'done' and customer is not null
  group by customer
  having count(*) >= 20
)
select customer, n, round((q2 / 3600)::numeric, 1) as median_hours, round(((q3 - q1) / (q3 + q1))::numeric, 2) as spread
from quartiles
order by median_hours desc;

-- The slowest twentieth of the finished items of each type: where their time went, in hours each.
with ranked as (
  select *, percent_rank() over (partition by type order by lead_seconds) as slowness
  from analytics.item
  where excluded is null and outcome = 'done'
)
select
  type,
  count(*)::int as n,
  round(avg(ours_active_seconds) / 3600, 1) as worked_on,
  round(avg(ours_waiting_seconds) / 3600, 1) as waiting_for_us,
  round(avg(customer_seconds) / 3600, 1) as waiting_for_customer,
  round(avg(third_party_seconds) / 3600, 1) as waiting_for_third_party,
  round(avg(unowned_seconds) / 3600, 1) as nobody_had_it
from ranked
where slowness >= 0.95
group by type
order by type;

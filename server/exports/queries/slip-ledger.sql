-- From the first date given to the last: how far promises slipped, by service.
select
  service,
  count(*)::int as n,
  count(*) filter (where due_moves > 0)::int as moved,
  round((percentile_cont(0.5) within group (order by extract(epoch from last_due_at - first_due_at)) / 86400)::numeric, 1) as median_days,
  round((percentile_cont(0.85) within group (order by extract(epoch from last_due_at - first_due_at)) / 86400)::numeric, 1) as p85_days
from analytics.item
where excluded is null and first_due_at is not null
group by service
order by p85_days desc;

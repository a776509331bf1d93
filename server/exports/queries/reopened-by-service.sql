-- Share of resolved items that were reopened, by service.
select
  service,
  count(*)::int as resolved,
  count(*) filter (where reopens > 0)::int as reopened,
  round(100.0 * count(*) filter (where reopens > 0) / count(*), 1) as percent
from analytics.item
where excluded is null and resolutions > 0
group by service
having count(*) >= 20
order by percent desc;

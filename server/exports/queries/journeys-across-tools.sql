-- Work that became other work in another tool: how long it waited between the two, and whether the customer had to say it again.
select
  from_item.connection as from_tool,
  h.connection as to_tool,
  count(*)::int as handoffs,
  count(*) filter (where h.touched_at is null)::int as untouched,
  round((percentile_cont(0.5) within group (order by h.wait_seconds) / 3600)::numeric, 1) as median_wait_hours,
  count(*) filter (where h.is_repeat)::int as asked_again
from analytics.journey_handoff h
join analytics.item from_item on from_item.item_id = h.from_item_id
where h.is_between_systems
group by from_item.connection, h.connection
order by handoffs desc;

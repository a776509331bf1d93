-- Who hands to whom, how often, and how long the work then waits for the first act of the receiver.
select
  h.from_owner,
  h.to_owner,
  count(*)::int as handoffs,
  count(*) filter (where h.acted_at is null)::int as without_an_act,
  round((percentile_cont(0.5) within group (order by h.wait_seconds) / 3600)::numeric, 1) as median_wait_hours
from analytics.handoff h
join analytics.item i on i.item_id = h.item_id
where i.excluded is null and h.level = 'team'
group by h.from_owner, h.to_owner
order by handoffs desc;

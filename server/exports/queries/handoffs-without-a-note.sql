-- Handoffs where the sender left no note, by sender; sources that tell no notes are left out.
select
  h.from_owner,
  count(*)::int as n,
  count(*) filter (where not h.has_note)::int as without_note,
  round(100.0 * count(*) filter (where not h.has_note) / count(*), 1) as percent
from analytics.handoff h
join analytics.item i on i.item_id = h.item_id
where i.excluded is null and h.level = 'team' and h.has_note is not null
group by h.from_owner
order by percent desc;

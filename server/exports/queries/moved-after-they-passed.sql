-- Promises moved once the old date had passed: the customer learned it from the calendar.
select i.team, count(*)::int as moved, count(distinct p.item_id)::int as items, round(avg(p.moved_seconds) / 86400, 1) as mean_days
from analytics.promise p
join analytics.item i on i.item_id = p.item_id
where i.excluded is null and p.is_after_due and p.moved_seconds > 0
group by i.team
order by moved desc;

-- Time in which nobody had the item, by week of its begin and type, in hours each.
select date_trunc('week', x.from_at)::date as week, i.type, count(distinct x.item_id)::int as items, round(sum(x.seconds) / 3600.0, 1) as hours
from analytics.interval x
join analytics.item i on i.item_id = x.item_id
where i.excluded is null and not x.is_owned and x.seconds > 0
group by week, i.type
order by week desc, hours desc;

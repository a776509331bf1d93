-- What is in no metric, and why: excluded items, and kinds of history a source cannot tell.
select c.connection, c.as_of_at, c.absent_signals, coalesce(i.excluded, i.outcome) as why, count(*)::int as items
from analytics.connection c
join analytics.item i on i.connection = c.connection
where i.excluded is not null or i.outcome = 'unknown'
group by c.connection, c.as_of_at, c.absent_signals, why
union all
select connection, as_of_at, absent_signals, 'all', (select count(*)::int from analytics.item where item.connection = connection.connection)
from analytics.connection
order by connection, why;

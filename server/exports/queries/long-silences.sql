-- Silences in which we had the ball for three days or more, by team and month of their begin.
select date_trunc('month', s.from_at)::date as month, s.team, count(*)::int as silences, round(max(s.ours_seconds) / 86400.0, 1) as longest_days
from analytics.silence s
join analytics.item i on i.item_id = s.item_id
where i.excluded is null and s.ours_seconds >= 3 * 86400
group by month, s.team
order by month desc, silences desc;

-- How long a customer waits for an answer by the day and hour of the question, Monday is 1; unanswered ones are counted beside.
select
  extract(isodow from asked_at)::int as weekday,
  extract(hour from asked_at)::int as hour,
  count(*)::int as asked,
  count(*) filter (where answered_at is null)::int as unanswered,
  round((percentile_cont(0.5) within group (order by reply_seconds) / 3600)::numeric, 1) as median_hours
from analytics.turn
group by weekday, hour
order by weekday, hour;

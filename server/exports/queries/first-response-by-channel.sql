-- First public word of a person of ours, by channel, on the working calendar.
select
  channel,
  count(*)::int as n,
  count(*) filter (where first_response_at is null)::int as none_yet,
  round((percentile_cont(0.5) within group (order by first_response_business_seconds) / 3600)::numeric, 2) as median_hours,
  round((percentile_cont(0.85) within group (order by first_response_business_seconds) / 3600)::numeric, 2) as p85_hours
from analytics.item
where excluded is null
group by channel
order by n desc;

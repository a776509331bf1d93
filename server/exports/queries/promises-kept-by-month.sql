-- Share of promises kept by month of the due date: the last date given counts. Wilson interval at 95 %.
with due as (
  select
    date_trunc('month', last_due_at)::date as month,
    coalesce(finished_at <= last_due_at, false) as is_kept
  from analytics.item
  where excluded is null and outcome in ('open', 'done') and last_due_at < as_of_at
),
counted as (
  select month, count(*)::int as n, count(*) filter (where is_kept)::float8 as kept
  from due
  group by month
)
select
  month,
  n,
  round((100 * kept / n)::numeric, 1) as kept_percent,
  round((100 * (kept + 1.92 - 1.96 * sqrt(kept * (n - kept) / n + 0.96)) / (n + 3.84))::numeric, 1) as from_percent,
  round((100 * (kept + 1.92 + 1.96 * sqrt(kept * (n - kept) / n + 0.96)) / (n + 3.84))::numeric, 1) as to_percent
from counted
order by month desc;

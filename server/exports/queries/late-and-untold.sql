-- Open items past their date where nobody has told the customer anything since the date passed: whom to call first.
with last_word as (
  select item_id, max(from_at) as at
  from analytics.silence
  group by item_id
)
select
  i.external_id,
  i.customer,
  i.team,
  i.last_due_at,
  round(extract(epoch from i.as_of_at - i.last_due_at) / 86400, 1) as days_late,
  round(extract(epoch from i.as_of_at - w.at) / 86400, 1) as days_silent
from analytics.item i
join last_word w on w.item_id = i.item_id
where i.excluded is null
  and i.outcome = 'open'
  and i.last_due_at < i.as_of_at
  and w.at < i.last_due_at
order by days_late desc;

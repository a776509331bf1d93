-- The fifty oldest open items, with the team that has them and the date given to the customer.
select external_id, type, team, customer, round(age_seconds / 86400.0, 1) as age_days, last_due_at, due_moves, url
from analytics.item
where excluded is null and outcome = 'open'
order by age_seconds desc
limit 50;

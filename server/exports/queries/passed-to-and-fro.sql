-- Items that went straight back to the team they came from, most often first.
select external_id, type, first_team, team, team_handoffs, team_direct_returns, round(lead_seconds / 86400.0, 1) as lead_days, url
from analytics.item
where excluded is null and team_direct_returns > 0
order by team_direct_returns desc, team_handoffs desc
limit 50;

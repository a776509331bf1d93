/** What the customer rated, in the order of the story. */
export const insertRating = `
insert into facts.rating (item_id, n, at, rating, team_id)
select
  b.item_id,
  (row_number() over (partition by t.item order by t.i))::int,
  t.at,
  t.rating,
  t.team_now
from story t
join batch b using (item)
where t.kind = 'rated' and t.rating is not null
`;

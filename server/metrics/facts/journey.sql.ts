/**
 * Journeys: items joined by links of kind `becomes`, whichever way these run. Reads facts of items, so it comes after them; an item
 * that changes takes its own journey along and no other.
 */

/** Links out of the items of `table`, to where they lead: by the id they name, or by another name of the item. */
const linksFrom = (table: string) => `
select l.item_id as from_item_id, target.item_id, l.at
from ${table} t
join core.link l on l.item_id = t.item_id
cross join lateral (
  select l.other_item_id as item_id
  union all
  select a.item_id from core.alias a where a.alias_id = l.other_item_id
) target
where l.kind = 'becomes' and l.item_id <> target.item_id`;

/** Links that lead to the items of `table`. */
const linksTo = (table: string) => `
select l.item_id as from_item_id, named.item_id, l.at
from (
  select item_id, item_id as name_id from ${table}
  union all
  select a.item_id, a.alias_id from ${table} t join core.alias a on a.item_id = t.item_id
) named
join core.link l on l.other_item_id = named.name_id
where l.kind = 'becomes' and l.item_id <> named.item_id`;

/** Items whose journey may be another one now: what was derived and is linked, and all that shared a journey with it. */
export const createTouched = `
create temp table touched on commit drop as
select from_item_id as item_id
from (${linksFrom('taken')}) as outward
union
select item_id
from (${linksTo('taken')}) as inward
union
select s.item_id
from facts.journey_step s
where s.journey_id in (select known.journey_id from facts.journey_step known join taken t on t.item_id = known.item_id);
alter table touched add primary key (item_id);
analyze touched
`;

/** To be repeated until it adds nothing. */
export const addLinked = `
insert into touched (item_id)
select item_id
from (${linksFrom('touched')}) as outward
union
select from_item_id
from (${linksTo('touched')}) as inward
on conflict do nothing
`;

/** The links among items that can be in a journey, and these items; `key` is short, `label` becomes the least key of the journey. */
export const createMembers = `
create temp table becoming on commit drop as
select l.from_item_id, l.item_id, min(l.at) as linked_at
from (${linksFrom('touched')}) as l
join facts.item f on f.item_id = l.from_item_id and f.excluded is null
join facts.item i on i.item_id = l.item_id and i.excluded is null
group by l.from_item_id, l.item_id;
create temp table member on commit drop as
select item_id, key, key as label
from (
  select item_id, (row_number() over (order by item_id))::int as key
  from (select from_item_id as item_id from becoming union select item_id from becoming) as linked
) as numbered;
create unique index on member (item_id);
create index on member (label);
analyze becoming, member
`;

/** Labels that meet in a link: the greater one gives way to the least it meets. No row: each journey has one label. */
export const createMeeting = `
create temp table meeting on commit drop as
select greatest(f.label, i.label) as high, min(least(f.label, i.label)) as low
from becoming b
join member f on f.item_id = b.from_item_id
join member i on i.item_id = b.item_id
where f.label <> i.label
group by greatest(f.label, i.label)
`;

/** What gives way to a label that gives way itself goes on to where that goes. To be repeated until it changes nothing. */
export const shortenMeeting = `
update meeting m
set low = next.low
from meeting next
where next.high = m.low
`;

export const relabel = `
update member m
set label = meeting.low
from meeting
where m.label = meeting.high
`;

/** Journeys that were and are derived again, or are no more. */
export const createOutdated = `
create temp table outdated on commit drop as
select distinct s.journey_id
from (select item_id from touched union select item_id from taken) as changed
join facts.journey_step s using (item_id);
analyze touched, outdated
`;

export const deleteOldJourneys = ['journey_handoff', 'journey', 'journey_step'].map(
  (table) => `
delete from facts.${table} f
using outdated o
where f.journey_id = o.journey_id
`,
);

export const insertSteps = `
insert into facts.journey_step (item_id, journey_id, n)
select
  m.item_id,
  first_value(m.item_id) over in_order,
  row_number() over in_order
from member m
join facts.item i using (item_id)
window in_order as (partition by m.label order by i.created_at, m.item_id)
`;

/** A note counts from 30 minutes before to 5 minutes after, as at a handoff between teams. */
export const insertJourneyHandoffs = `
insert into facts.journey_handoff (
  item_id, from_item_id, journey_id, is_between_systems, linked_at, at, touched_at, until_at, has_note, is_repeat
)
with passed as (
  select
    b.item_id,
    b.from_item_id,
    step.journey_id,
    i.connection_id <> f.connection_id as is_between_systems,
    b.linked_at,
    least(f.ended_at, b.linked_at) as at,
    least(i.started_at, i.first_response_at) as touched_at,
    i.ended_at as until_at,
    from_source.tells_notes or to_source.tells_notes as tells_notes
  from becoming b
  join facts.journey_step step on step.item_id = b.item_id
  join facts.item f on f.item_id = b.from_item_id
  join facts.item i on i.item_id = b.item_id
  join source from_source on from_source.connection_id = f.connection_id
  join source to_source on to_source.connection_id = i.connection_id
)
select
  p.item_id,
  p.from_item_id,
  p.journey_id,
  p.is_between_systems,
  p.linked_at,
  p.at,
  p.touched_at,
  p.until_at,
  case
    when p.tells_notes then exists (
      select from core.event e
      left join core.person bot on bot.is_bot and bot.id = e.actor_id
      where e.item_id in (p.from_item_id, p.item_id)
        and (e.kind = 'noted' or e.kind = 'said' and e.side = 'team' and e.is_public is false)
        and e.is_bot is not true
        and bot.id is null
        and case
          when e.item_id = p.item_id then
            e.at >= p.linked_at - interval '30 minutes' and e.at <= greatest(p.touched_at, p.linked_at + interval '5 minutes')
          else e.at between p.at - interval '30 minutes' and p.at + interval '5 minutes'
            or e.at between p.linked_at - interval '30 minutes' and p.linked_at + interval '5 minutes'
        end
    )
  end,
  exists (select from facts.word w where w.item_id = p.item_id and w.is_repeat)
from passed p
`;

export const insertJourneys = `
insert into facts.journey (journey_id, started_at, ended_at, outcome, items, systems, handoffs, system_handoffs)
with lived as (
  select
    s.journey_id,
    min(i.created_at) as started_at,
    max(i.ended_at) as ended_at,
    (array_agg(i.outcome order by i.ended_at desc, i.item_id))[1] as outcome,
    count(*)::int as items,
    count(distinct i.connection_id)::int as systems
  from member m
  join facts.journey_step s using (item_id)
  join facts.item i using (item_id)
  group by s.journey_id
),
passed as (
  select
    s.journey_id,
    count(*)::int as handoffs,
    (count(*) filter (where h.is_between_systems))::int as system_handoffs
  from member m
  join facts.journey_step s using (item_id)
  join facts.journey_handoff h using (item_id)
  group by s.journey_id
)
select lived.journey_id, started_at, ended_at, outcome, items, systems, handoffs, system_handoffs
from lived
join passed using (journey_id)
`;

/** $1 version. Readers of a version take over the items of it, and with an item its journey. */
export const publishTouched = `
update facts.item i
set version = $1::bigint
from touched t
where i.item_id = t.item_id and i.version <> $1::bigint
`;

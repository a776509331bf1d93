import type pg from 'pg';
import type { Principal } from '../access/principal.js';
import { personName } from '../access/pseudonym.js';
import { itemScopeCondition } from '../access/scope.js';
import type { ItemResponse, ItemSummary } from '../api.js';
import { iso } from '../database/iso.js';
import type { MarkUnit } from '../metrics/items.js';
import { Missing } from '../refusal.js';

/** Columns of `ItemSummary` over `i` (facts.item), `s` (core.item), `c`, `t` and `u`. A link that is no web address is none. */
const summaryColumns = `
  i.item_id as id,
  s.external_id as "externalId",
  s.title,
  case when s.url ~* '^https?://' then s.url end as url,
  c.name as connection,
  i.type,
  t.name as team,
  u.name as customer,
  ${iso('i.created_at')} as "createdAt",
  ${iso('i.finished_at')} as "finishedAt",
  i.outcome`;

const summaryJoins = `
  join core.item s on s.item_id = i.item_id
  join ingest.connection c on c.id = i.connection_id
  left join core.team t on t.id = i.team_id
  left join core.customer u on u.id = i.customer_id`;

/** The items of some units, in their order: an item is there once for each of its units. */
export async function readItems(pool: pg.Pool, units: MarkUnit[]): Promise<ItemSummary[]> {
  const { rows } = await pool.query<ItemSummary>(
    `
    select ${summaryColumns}, asked.contribution
    from unnest($1::uuid[], $2::float8[]) with ordinality as asked (item_id, contribution, place)
    join facts.item i on i.item_id = asked.item_id
    ${summaryJoins}
    order by asked.place`,
    [units.map((unit) => unit.itemId), units.map((unit) => unit.contribution)],
  );
  return rows;
}

/** One item's whole story, oldest first, as the asker may see it. Throws `Missing`, also for an item of which that one may know nothing. */
export async function readItemStory(pool: pg.Pool, id: string, asker: Pick<Principal, 'scope' | 'seesNames'>): Promise<ItemResponse> {
  const parameters: unknown[] = [id];
  const { rows } = await pool.query<Omit<ItemResponse, 'intervals' | 'events' | 'promises' | 'handoffs' | 'links'>>(
    `
    select ${summaryColumns}, null as contribution, i.service, i.channel, i.priority, ${iso('c.as_of_at')} as "asOf"
    from facts.item i
    ${summaryJoins}
    where i.item_id = $1 and ${itemScopeCondition(asker.scope, 'i', parameters)}`,
    parameters,
  );
  const [item] = rows;
  if (!item) throw new Missing(`There is no item ${id}; it may have been removed with its connection.`);
  const read = <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = [id]) =>
    pool.query<Row>(sql, values).then((result) => result.rows);
  const name = (alias: string) => personName(asker, alias);
  const linked: unknown[] = [id];
  const seen = itemScopeCondition(asker.scope, 'i', linked);
  const isSeen = asker.scope === null ? 'true' : `exists (select from facts.item i where i.item_id = l.id and ${seen})`;
  const [intervals, events, promises, handoffs, links] = await Promise.all([
    read<ItemResponse['intervals'][number]>(intervalsOf(name)),
    read<ItemResponse['events'][number]>(eventsOf(name)),
    read<ItemResponse['promises'][number]>(promisesOf),
    read<ItemResponse['handoffs'][number]>(handoffsOf(name)),
    read<ItemResponse['links'][number]>(linksOf(isSeen), linked),
  ]);
  return { ...item, intervals, events, promises, handoffs, links };
}

function endIso(at: string): string {
  return iso(`nullif(${at}, 'infinity')`);
}

type NameOf = (person: string) => string;

const intervalsOf = (name: NameOf): string => `
  select
    ${iso('x.from_at')} as "from",
    ${endIso('x.to_at')} as "to",
    x.court,
    t.name as team,
    ${name('p')} as person,
    x.is_fresh as "isFresh",
    x.is_due_past as "isDuePast"
  from facts.interval x
  left join core.team t on t.id = x.team_id
  left join core.person p on p.id = x.person_id
  where x.item_id = $1
  order by x.from_at`;

const eventsOf = (name: NameOf): string => `
  select
    ${iso('e.at')} as at,
    e.kind,
    s.name as status,
    s.meaning,
    t.name as team,
    ${name('p')} as person,
    ${iso('e.due_at')} as "dueAt",
    e.side,
    e.is_public as "isPublic",
    m.body,
    m.language,
    e.rating::float8 as rating
  from core.event e
  left join core.status s on s.id = e.status_id
  left join core.team t on t.id = e.team_id
  left join core.person p on p.id = e.person_id
  left join core.message m on m.item_id = e.item_id and m.event_id = e.event_id
  where e.item_id = $1
  order by e.at, e.seq, e.event_id`;

const promisesOf = `
  select
    ${iso('x.said_at')} as "saidAt",
    ${iso('x.due_at')} as "dueAt",
    ${endIso('x.until_at')} as until,
    x.moved_seconds::float8 as "movedSeconds",
    x.is_after_due as "isAfterDue",
    x.asked_by_customer as "askedByCustomer"
  from facts.promise x
  where x.item_id = $1
  order by x.n`;

const handoffsOf = (name: NameOf): string => `
  select
    x.level,
    ${iso('x.at')} as at,
    coalesce(tf.name, ${name('pf')}, x.from_id::text) as "from",
    coalesce(tt.name, ${name('pt')}, x.to_id::text) as "to",
    extract(epoch from x.acted_at - x.at)::float8 as "waitSeconds",
    x.returns
  from facts.handoff x
  left join core.team tf on x.level = 'team' and tf.id = x.from_id
  left join core.team tt on x.level = 'team' and tt.id = x.to_id
  left join core.person pf on x.level = 'person' and pf.id = x.from_id
  left join core.person pt on x.level = 'person' and pt.id = x.to_id
  where x.item_id = $1
  order by x.at, x.level desc, x.n`;

const linksOf = (isSeen: string): string => `
  with told as (
    select l.kind, coalesce(a.item_id, l.other_item_id) as id, l.at, false as is_incoming
    from core.link l
    left join core.alias a on a.alias_id = l.other_item_id
    where l.item_id = $1
    union all
    select kind, item_id, at, true
    from core.link
    where other_item_id = $1 or other_item_id in (select alias_id from core.alias where item_id = $1)
  ),
  linked as (
    select kind, id, is_incoming, min(at) as at
    from told
    group by kind, id, is_incoming
  )
  select
    l.kind,
    l.is_incoming as "isIncoming",
    l.id,
    ${iso('l.at')} as at,
    s.external_id as "externalId",
    s.title,
    c.name as connection,
    case when s.url ~* '^https?://' then s.url end as url
  from linked l
  join core.item s on s.item_id = l.id
  join ingest.connection c on c.id = s.connection_id
  where ${isSeen}
  order by l.at, l.id`;

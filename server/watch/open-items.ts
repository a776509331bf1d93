import { sourceRows, StatementParameters } from '../metrics/compose.js';
import type { EngineRow, MetricEngine } from '../metrics/engine.js';
import { epochSeconds } from '../metrics/forecast/history.js';
import type { Source } from '../metrics/source.js';

/** An item that is open at the data's own time of its connection, as it stands then. Instants in epoch seconds. */
export interface OpenItem {
  itemId: string;
  connection: string;
  /** The data's own time. */
  at: number;
  createdAt: number;
  type: string;
  service: string | null;
  channel: string | null;
  priority: string | null;
  language: string | null;
  team: string | null;
  customer: string | null;
  customerGroup: string | null;
  /** Null where nobody tells whose turn it is. */
  court: string | null;
  courtSince: number | null;
  /** Our last public word lies longer back than promised while the ball is ours. */
  isSilent: boolean;
  /** The last public word of a person of ours; null for none yet. */
  lastWordAt: number | null;
  /** The date in force, when it was given, and the first one; null for none. */
  dueAt: number | null;
  saidAt: number | null;
  firstDueAt: number | null;
  /** A public message of ours gave a reason or another date since the date in force was given. */
  isAnnounced: boolean;
  /** Late or over-silent now, and covered by what we said: the rule of "unexplained-delay". */
  isExplained: boolean;
  /** How often it has been opened. */
  cycle: number;
}

/** Every open item of the connections that metrics count, in the order of their ids. */
export async function readOpenItems(engine: MetricEngine, sources: readonly Source[]): Promise<OpenItem[]> {
  const parameters = new StatementParameters();
  const sql = statement(sourceRows(sources, parameters));
  return (await engine.query(sql, parameters.values)).map(openItem);
}

const statement = (source: string): string => `with ${source},
open_item as (
  select i.item_id, i.team_id, i.customer_id, i.type, i.service, i.channel, i.priority, i.language, i.created_at,
    s.name as connection, s.as_of_at as at
  from measured.item i
  join source s on s.connection_id = i.connection_id
  where i.created_at <= s.as_of_at and i.ended_at > s.as_of_at and i.excluded is null
    and not exists (
      select 1
      from measured.cycle c
      where c.item_id = i.item_id and c.resolved_at <= s.as_of_at and c.reopened_at > s.as_of_at
    )
),
stay as (
  select o.item_id, v.court, v.from_at, v.is_fresh
  from open_item o
  join measured.interval v on v.item_id = o.item_id and v.from_at <= o.at and v.to_at > o.at
),
opened as (
  select o.item_id, max(c.opened_at) as opened_at, count(*)::int as cycle
  from open_item o
  join measured.cycle c on c.item_id = o.item_id and c.opened_at <= o.at
  group by o.item_id
),
passed_on as (
  select t.item_id, max(v.to_at) as at
  from stay t
  join measured.interval v on v.item_id = t.item_id and v.to_at <= t.from_at and v.court <> t.court
  group by t.item_id
),
last_word as (
  select o.item_id, max(w.at) as at
  from open_item o
  join measured.word w on w.item_id = o.item_id and w.at <= o.at and w.side = 'team' and w.is_public and not w.is_bot
  group by o.item_id
),
in_force as (
  select o.item_id, o.at, p.said_at, p.due_at
  from open_item o
  join measured.promise p on p.item_id = o.item_id and p.said_at <= o.at and p.until_at > o.at
),
first_given as (
  select o.item_id, u.first_due_at
  from open_item o
  join measured.promised u on u.item_id = o.item_id
),
announced as (
  select p.item_id
  from in_force p
  join measured.word w on w.item_id = p.item_id and w.at > p.said_at + interval '5 minutes' and w.at <= p.at
  where w.side = 'team' and (w.gives_reason or w.gives_date) and w.due_at is distinct from p.due_at
  group by p.item_id
),
explained as (
  select o.item_id
  from open_item o
  join measured.delay d on d.item_id = o.item_id and d.from_at <= o.at and d.to_at > o.at
  where d.is_explained
  group by o.item_id
)
select
  o.item_id, o.connection, ${epochSeconds('o.at')}::float8 as at, ${epochSeconds('o.created_at')}::float8 as created,
  o.type, o.service, o.channel, o.priority, o.language,
  t.name as team, u.name as customer, u.group_name as customer_group,
  y.court, ${epochSeconds('greatest(coalesce(x.at, g.opened_at, o.created_at), g.opened_at)')}::float8 as court_since,
  coalesce(y.court in ('ours_active', 'ours_waiting') and not y.is_fresh, false) as is_silent,
  ${epochSeconds('w.at')}::float8 as last_word,
  ${epochSeconds('p.due_at')}::float8 as due, ${epochSeconds('p.said_at')}::float8 as said, ${epochSeconds('f.first_due_at')}::float8 as first_due,
  n.item_id is not null as is_announced, e.item_id is not null as is_explained, coalesce(g.cycle, 1) as cycle
from open_item o
left join measured.team t on t.team_id = o.team_id
left join measured.customer u on u.customer_id = o.customer_id
left join stay y on y.item_id = o.item_id
left join opened g on g.item_id = o.item_id
left join passed_on x on x.item_id = o.item_id
left join last_word w on w.item_id = o.item_id
left join in_force p on p.item_id = o.item_id
left join first_given f on f.item_id = o.item_id
left join announced n on n.item_id = o.item_id
left join explained e on e.item_id = o.item_id
order by o.item_id`;

function openItem(row: EngineRow): OpenItem {
  const text = (name: string) => (row[name] == null ? null : String(row[name]));
  const instant = (name: string) => (row[name] == null ? null : Number(row[name]));
  return {
    itemId: String(row.item_id),
    connection: String(row.connection),
    at: Number(row.at),
    createdAt: Number(row.created),
    type: String(row.type),
    service: text('service'),
    channel: text('channel'),
    priority: text('priority'),
    language: text('language'),
    team: text('team'),
    customer: text('customer'),
    customerGroup: text('customer_group'),
    court: text('court'),
    courtSince: row.court == null ? null : instant('court_since'),
    isSilent: row.is_silent === true,
    lastWordAt: instant('last_word'),
    dueAt: instant('due'),
    saidAt: instant('said'),
    firstDueAt: instant('first_due'),
    isAnnounced: row.is_announced === true,
    isExplained: row.is_explained === true,
    cycle: Number(row.cycle),
  };
}

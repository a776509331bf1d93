import { sourceRows, StatementParameters } from '../compose.js';
import type { MetricEngine } from '../engine.js';
import { secondsBetween } from '../metric.js';
import type { Source } from '../source.js';
import { epochSeconds, knownEnds, mostOfConnection, spansOf, type KnownSpan } from './history.js';

/** A promise of a connection is looked at so often on the way to its date, at equal distances. */
export const looks = 10;

/** Whose turn it is with an item, and which team has it. */
export interface State {
  type: string;
  court: string;
  /** Empty for none. */
  team: string;
}

/** Names of the groups an item belongs to, from the widest to the narrowest: of its court, of its team in it, of its type in that. */
export function groupNames({ type, court, team }: State): string[] {
  return [court, `${court}\n${team}`, `${court}\n${team}\n${type}`];
}

/** The first promise of an item, its date passed. Epoch seconds. */
export interface GivenPromise {
  said: number;
  due: number;
  /** Its item, as if created when the date was given. */
  spans: KnownSpan[];
  /** The groups it belonged to at each look from the first on; none where it was not open. */
  groups: (readonly string[] | undefined)[];
}

/** The decided first promises of each connection, by its id, in both engines with the same text. */
export async function readPromises(engine: MetricEngine, sources: readonly Source[]): Promise<Map<string, GivenPromise[]>> {
  const parameters = new StatementParameters();
  const place = (at: string) => `ceil(${secondsBetween('p.said_at', at)} * ${looks} / p.seconds)::int`;
  const rows = await engine.query(
    `with ${sourceRows(sources, parameters)},
promised as (
  select p.item_id, p.connection_id, u.type, p.said_at, p.due_at, s.as_of_at,
    ${secondsBetween('p.said_at', 'p.due_at')} as seconds,
    row_number() over (partition by p.connection_id order by p.item_id) as draw
  from measured.promise p
  join source s on s.connection_id = p.connection_id
  join measured.item u on u.item_id = p.item_id
  where p.n = 1 and p.said_at < p.due_at and p.due_at <= s.as_of_at and p.said_at >= s.since_at
    and u.excluded is null and u.outcome <> 'unknown'
),
drawn as (
  select item_id, connection_id, type, said_at, due_at, as_of_at, seconds
  from promised
  where draw <= ${mostOfConnection}
),
${knownEnds},
item_end as (
  select item_id, string_agg(concat(${epochSeconds('ended_at')}, '/', ${epochSeconds('undone_at')}, '/', ended), '|') as ends
  from known_end
  group by item_id
),
stay as (
  select v.item_id, v.court, v.team_id, ${place('greatest(v.from_at, p.said_at)')} as first, ${place('least(v.to_at, p.due_at)')} as last
  from measured.interval v
  join drawn p on p.item_id = v.item_id
  where v.from_at < p.due_at and v.to_at > p.said_at
),
item_stay as (
  select item_id, string_agg(concat(first, '/', last, '/', court, '/', team_id), '|') as stays
  from stay
  where first < last
  group by item_id
)
select p.connection_id, p.type,
  string_agg(concat(${epochSeconds('p.said_at')}, ':', ${epochSeconds('p.due_at')}, ':', ${epochSeconds('p.as_of_at')}, ':', e.ends, ':', t.stays), ';') as stories
from drawn p
left join item_end e on e.item_id = p.item_id
left join item_stay t on t.item_id = p.item_id
group by p.connection_id, p.type
order by p.connection_id, p.type`,
    parameters.values,
  );
  const namesOf = rememberedNames();
  const promises = new Map<string, GivenPromise[]>();
  for (const row of rows) {
    const connection = String(row.connection_id);
    const type = String(row.type);
    const read = String(row.stories)
      .split(';')
      .map((story) => promiseOf(story, (court, team) => namesOf({ type, court, team })));
    promises.set(connection, [...(promises.get(connection) ?? []), ...read]);
  }
  return promises;
}

/** Reads `said:due:seenTo:ends:first/last/court/team|…`, a stay lasting from the look `first` to the one before `last`. */
function promiseOf(story: string, groupsOf: (court: string, team: string) => readonly string[]): GivenPromise {
  const [said = '', due = '', seenTo = '', ends = '', stays = ''] = story.split(':');
  const groups: (readonly string[] | undefined)[] = Array.from({ length: looks }, () => undefined);
  for (const stay of stays === '' ? [] : stays.split('|')) {
    const [first = '', last = '', court = '', team = ''] = stay.split('/');
    groups.fill(groupsOf(court, team), Number(first), Number(last));
  }
  return { said: Number(said), due: Number(due), spans: spansOf(`${said}:${seenTo}::${ends}`), groups };
}

/** `groupNames`, the same for the same state: texts that are made again and again are slow to look up. */
export function rememberedNames(): (state: State) => readonly string[] {
  const known = new Map<string, Map<string, Map<string, readonly string[]>>>();
  return (state) => {
    const ofType = known.get(state.type) ?? new Map<string, Map<string, readonly string[]>>();
    known.set(state.type, ofType);
    const ofCourt = ofType.get(state.court) ?? new Map<string, readonly string[]>();
    ofType.set(state.court, ofCourt);
    const names = ofCourt.get(state.team) ?? groupNames(state);
    ofCourt.set(state.team, names);
    return names;
  };
}

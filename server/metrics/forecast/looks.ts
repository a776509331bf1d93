import { setImmediate as others } from 'node:timers/promises';
import type { EngineRow, MetricEngine } from '../engine.js';
import type { Asked, Forecast, Forecaster } from './forecaster.js';
import { epochSeconds } from './history.js';

/** What is looked at, such as a promise: its number among those of the statement, its item, and further whole numbers. */
export interface Subject {
  number: number;
  itemId: string;
  told: number[];
}

/** A subject at an instant at which its item was open with a promise in force. Epoch seconds. */
export interface Look {
  subject: number;
  at: number;
  asked: Asked;
}

/** Rows that travel as one text: long enough to save the rest of the row, short enough for a text. */
const subjectsOfRow = 10_000;

/**
 * CTEs and the final select behind `subject` (number, item_id and the columns `told`) and `seen` (number, at, item_id, connection_id, type,
 * priority, created_at, said_at, due_at): the states of items not finished at the instant, and the subjects. Few long rows: a row a
 * look would cost more than its forecast. The larger relation of a join is written first: the other is kept in memory.
 */
export function looksSelect(told: readonly string[]): string {
  return `stayed as (
  select l.number, l.at, l.item_id, l.connection_id, l.type, coalesce(l.priority, '') as priority, l.created_at, l.said_at, l.due_at,
    coalesce(v.court, '') as court, coalesce(v.team_id::text, '') as team
  from measured.interval v
  right join seen l on v.item_id = l.item_id and v.from_at <= l.at and v.to_at > l.at
),
look as (
  select l.number, l.at, l.connection_id, l.type, l.priority, l.created_at, l.said_at, l.due_at, l.court, l.team
  from measured.cycle c
  right join stayed l on c.item_id = l.item_id and c.resolved_at <= l.at and c.reopened_at > l.at
  where c.item_id is null
)
select l.connection_id, l.type, l.priority, l.court, l.team, null as subjects,
  string_agg(concat(l.number, ':', ${['l.at', 'l.created_at', 'l.said_at', 'l.due_at'].map(epochSeconds).join(", ':', ")}), ';') as looks
from look l
group by l.connection_id, l.type, l.priority, l.court, l.team
union all
select null, null, null, null, null, string_agg(concat(number, ':', item_id${told.map((column) => `, ':', ${column}`).join('')}), ';'), null
from subject
group by floor(number / ${subjectsOfRow})`;
}

/** Runs the statement. */
export async function readLooks(
  engine: MetricEngine,
  sql: string,
  parameters: readonly string[],
): Promise<{ subjects: Subject[]; looks: Look[] }> {
  const subjects: Subject[] = [];
  const looks: Look[] = [];
  for (const row of await engine.query(sql, parameters)) {
    if (row.subjects !== null) subjects.push(...String(row.subjects).split(';').map(subjectOf));
    else for (const look of looksOf(row)) looks.push(look);
    await others();
  }
  return { subjects, looks };
}

function subjectOf(text: string): Subject {
  const [number, itemId = '', ...told] = text.split(':');
  return { number: Number(number), itemId, told: told.map(Number) };
}

function looksOf(row: EngineRow): Look[] {
  const state = {
    connectionId: String(row.connection_id),
    type: String(row.type),
    priority: String(row.priority),
    court: String(row.court),
    team: String(row.team),
  };
  return wholeNumbers(String(row.looks), 5).map(([subject = 0, at = 0, created = 0, said = 0, due = 0]) => ({
    subject,
    at,
    asked: { ...state, age: at - created, given: at - said, left: due - at },
  }));
}

const [minus, zero, nine] = ['-', '0', '9'].map((sign) => sign.charCodeAt(0)) as [number, number, number];

/** Whole numbers with other signs between them, so many together. Read sign by sign: texts of each would cost five times as much. */
function wholeNumbers(text: string, together: number): number[][] {
  const all: number[][] = [];
  let group: number[] = [];
  let value = 0;
  let isNegative = false;
  for (let place = 0; place <= text.length; place++) {
    const sign = place < text.length ? text.charCodeAt(place) : 0;
    if (sign === minus) isNegative = true;
    else if (sign >= zero && sign <= nine) value = value * 10 + sign - zero;
    else {
      group.push(isNegative ? -value : value);
      value = 0;
      isNegative = false;
      if (group.length === together) {
        all.push(group);
        group = [];
      }
    }
  }
  return all;
}

/** So many forecasts are made in a few milliseconds; then whatever waits has its turn. */
const withoutPause = 5_000;

/** Forecasts each look by what was known at an instant that goes with that of the look. */
export async function forecastLooks<Seen extends Pick<Look, 'at' | 'asked'>>(
  forecaster: Forecaster,
  looks: readonly Seen[],
  knownAt: (at: number) => number,
  take: (look: Seen, forecast: Forecast | null) => void,
): Promise<void> {
  // In the order of time: what was known is brought forward from one instant to the next.
  const byKnown = [...Map.groupBy(looks, ({ at }) => knownAt(at))].sort(([one], [other]) => one - other);
  let made = 0;
  for (const [known, together] of byKnown) {
    const forecast = forecaster.knowing(known);
    for (const look of together) {
      take(look, forecast(look.asked));
      if (++made % withoutPause === 0) await others();
    }
  }
}

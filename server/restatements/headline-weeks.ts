import { Temporal } from 'temporal-polyfill';
import type pg from 'pg';
import { boards } from '#dashboards/boards/index.js';
import { findMetric } from '../metrics/definitions/index.js';
import type { MetricEngine } from '../metrics/engine.js';
import { queryMetrics } from '../metrics/query.js';
import type { MetricRequest } from '../metrics/request.js';

/** What one complete week says of a metric. */
export interface WeekValue {
  metric: string;
  /** Its Monday. */
  week: string;
  /** Null where it is withheld or not reached. */
  value: number | null;
  n: number;
}

/** ISO instants by the names of connections. */
export type AsOf = Readonly<Record<string, string>>;

export interface HeadlineWeeks {
  /** The data's own time of each connection; none without data. */
  asOf: AsOf;
  values: WeekValue[];
}

/** Five years and a half; a chart has no more either. */
const mostWeeks = 280;

/** The number each board leads with, without filters, for every complete week. `asOf`: as it was known at that instant. */
export async function headlineWeeks(pool: pg.Pool, engine: MetricEngine, asOf?: AsOf): Promise<HeadlineWeeks> {
  const window = await completeWeeks(pool);
  if (window === null) return { asOf: {}, values: [] };
  const leading = boards.flatMap(({ charts: [first] }) => {
    const query = first?.queries.find(({ role }) => role === 'now');
    return first && query ? [{ metric: query.metric, value: first.value ?? findMetric(query.metric).values[0] }] : [];
  });
  const results = await queryMetrics(
    engine,
    leading.map(({ metric }): MetricRequest => ({ metric, ...window, grain: 'week', ...(asOf !== undefined && { asOf }) })),
  );
  return {
    asOf: asOf ?? (await dataTimes(engine)),
    values: results.flatMap(({ rows }, index) => {
      const { metric = '', value: name } = leading[index] ?? {};
      return rows
        .filter(({ note }) => !note?.split(';').some((one) => one === 'running' || one === 'partial'))
        .map((row) => ({ metric, week: row.bucket, value: (name === undefined ? row.value : row.values?.[name]) ?? null, n: row.n }));
    }),
  };
}

async function dataTimes(engine: MetricEngine): Promise<AsOf> {
  const rows = await engine.query('select name, as_of_at from measured.connection where as_of_at is not null order by name');
  return Object.fromEntries(rows.map((row) => [String(row.name), new Date(String(row.as_of_at)).toISOString()]));
}

/** From the Monday of the first item to that after the last week the data covers. */
async function completeWeeks(pool: pg.Pool): Promise<{ from: string; to: string; zone: string } | null> {
  const { rows } = await pool.query<{ from: string | null; to: string | null; zone: string }>(`
    with zone as (
      select coalesce((select settings ->> 'timeZone' from ingest.connection order by created_at, name limit 1), 'UTC') as name
    )
    select
      to_char((select min(created_at) from facts.item) at time zone name, 'YYYY-MM-DD') as "from",
      to_char((select max(as_of_at) from ingest.connection) at time zone name, 'YYYY-MM-DD') as "to",
      name as zone
    from zone`);
  const [row] = rows;
  if (!row?.from || !row.to) return null;
  const monday = (day: string) => {
    const date = Temporal.PlainDate.from(day);
    return date.subtract({ days: date.dayOfWeek - 1 });
  };
  const to = monday(row.to);
  const earliest = to.subtract({ weeks: mostWeeks });
  const from = Temporal.PlainDate.compare(monday(row.from), earliest) < 0 ? earliest : monday(row.from);
  return Temporal.PlainDate.compare(from, to) < 0 ? { from: from.toString(), to: to.toString(), zone: row.zone } : null;
}

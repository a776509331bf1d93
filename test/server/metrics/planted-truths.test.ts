import { describe, expect, it } from 'vitest';
import type { MetricRow } from '#dashboards/metric-result.js';
import { queryMetric } from '#server/metrics/query.js';
import { sampleDatabase } from '../../support/sample-company.js';
import { bothEngines } from './support/measured.js';

/**
 * The truths of etl/connectors/sample/truths.ts, found by the metrics; the company ends on Monday 2026-11-16. `ask` insists
 * that both engines agree and that every mark opens to its units.
 */
const { pool } = await sampleDatabase();
const { ask, engines } = await bothEngines(pool);
const zone = 'Europe/Berlin';
const start = '2025-05-19';
const end = '2026-11-16';
const crm = { connection: ['Sample CRM'] };
const projects = { connection: ['Sample projects'] };
const helpdesk = { connection: ['Sample helpdesk'] };

describe('after the reorganisation 26 weeks before the end', () => {
  const change = '2026-05-18';
  const wait = async (from: string, to: string, team: string): Promise<number> =>
    values(await ask({ metric: 'handoff-wait', clock: 'business', from, to, zone, filters: { ...projects, team: [team] } }), 'p50')[0] ?? 0;

  it('handoffs to Delivery North wait about three times as long', async () => {
    const before = await wait(start, change, 'Delivery North');
    const after = await wait(change, end, 'Delivery North');
    // Planted: three hours before, nine after.
    expect(before).toBeGreaterThan(2.4 * 3_600);
    expect(before).toBeLessThan(3.6 * 3_600);
    expect(after / before).toBeGreaterThan(2.5);
    expect(after / before).toBeLessThan(3.5);
  });

  it('handoffs to Delivery South wait as before', async () => {
    expect((await wait(change, end, 'Delivery South')) / (await wait(start, change, 'Delivery South'))).toBeCloseTo(1, 0);
  });

  it('the pair stands out in the matrix, and no other pair of it does', async () => {
    const waits = async (from: string, to: string): Promise<Map<string | null, number>> => {
      const { rows } = await ask({ metric: 'handover-matrix', from, to, zone, filters: projects });
      return new Map(rows.map((row) => [row.by, row.values?.wait ?? 0]));
    };
    const before = await waits(start, change);
    const after = await waits(change, end);
    const ratio = (pair: string): number => (after.get(pair) ?? 0) / (before.get(pair) ?? 1);
    expect(ratio('Onboarding → Delivery North')).toBeGreaterThan(3);
    expect(ratio('Onboarding → Delivery South')).toBeGreaterThan(0.7);
    expect(ratio('Onboarding → Delivery South')).toBeLessThan(1.4);
  });

  it('the process-behaviour chart of the waits shows it at once, and nothing for Delivery South', async () => {
    const north = await outside({
      of: 'handoff-wait',
      clock: 'business',
      grain: 'week',
      filters: { ...projects, team: ['Delivery North'] },
    });
    const south = await outside({
      of: 'handoff-wait',
      clock: 'business',
      grain: 'week',
      filters: { ...projects, team: ['Delivery South'] },
    });
    expect(north.filter((week) => week >= change).length).toBeGreaterThanOrEqual(20);
    expect(north.filter((week) => week < change).length).toBeLessThanOrEqual(2);
    // Of 78 weeks one is expected outside by chance.
    expect(south.length).toBeLessThanOrEqual(3);
  });
});

describe('in the last 24 weeks', () => {
  const change = '2026-06-01';

  it('moving the date hides the lateness of Site installation, and hardly of any other service', async () => {
    const before = await byName('goalpost-gap', start, change, 'service', projects, 'gapUnasked');
    const after = await byName('goalpost-gap', change, end, 'service', projects, 'gapUnasked');
    expect(Math.max(...before.values())).toBeLessThan(9);
    expect(after.get('Site installation')).toBeGreaterThan(14);
    expect(Math.max(...without(after, 'Site installation'))).toBeLessThan(10);
  });

  it('dates of Site installation are moved once they have passed', async () => {
    const moves = async (from: string, to: string, service: string): Promise<MetricRow> =>
      first((await ask({ metric: 'slip-after-due', from, to, zone, filters: { ...projects, service: [service] } })).rows);
    expect((await moves(start, change, 'Site installation')).value).toBeLessThan(16);
    expect((await moves(change, end, 'Site installation')).value).toBeGreaterThan(18);
    expect((await moves(change, end, 'Device care')).lo).toBeLessThan(12);
  });

  it('dates of Site installation move far more often than those of the control service', async () => {
    const moves = await byName('slip-moves', change, end, 'service', projects);
    expect(moves.get('Site installation')).toBeGreaterThan(2 * Math.max(...without(moves, 'Site installation')));
  });
});

describe('since the growth month 34 weeks before the end', () => {
  const change = '2026-03-23';

  it('tasks of customers in their first 90 days are late, and only theirs', async () => {
    const { rows } = await pool.query<{ is_new: boolean; is_after: boolean; is_control: boolean; n: number; kept: number; days: number }>(
      `select
        i.created_at < c.since_at + interval '90 days' as is_new,
        i.created_at >= $1::timestamptz as is_after,
        i.service = 'Device care' as is_control,
        count(*)::int as n,
        (100.0 * avg((i.finished_at <= i.first_due_at)::int))::float8 as kept,
        (percentile_cont(0.5) within group (order by extract(epoch from i.finished_at - i.created_at)) / 86400)::float8 as days
      from facts.item i
      join core.customer c on c.id = i.customer_id
      join ingest.connection n on n.id = i.connection_id
      where n.name = 'Sample projects' and i.outcome = 'done' and i.excluded is null and i.created_at >= $2::timestamptz
      group by is_new, is_after, is_control`,
      [`${change}T00:00:00+01:00`, `${start}T00:00:00+02:00`],
    );
    const group = (isNew: boolean, isAfter: boolean, isControl: boolean): { n: number; kept: number; days: number } =>
      first(rows.filter((row) => row.is_new === isNew && row.is_after === isAfter && row.is_control === isControl));
    expect(group(true, true, false).n).toBeGreaterThan(100);
    expect(group(false, true, false).kept - group(true, true, false).kept).toBeGreaterThan(25);
    expect(group(true, true, false).days / group(false, true, false).days).toBeGreaterThan(1.3);
    expect(Math.abs(group(false, false, false).kept - group(true, false, false).kept)).toBeLessThan(12);
    expect(group(true, false, false).days / group(false, false, false).days).toBeLessThan(1.15);
    expect(group(true, true, true).days / group(false, true, true).days).toBeLessThan(1.2);
  });
});

describe('the parity of newcomers', () => {
  const change = '2026-03-23';
  const parity = async (from: string, to: string, service?: string): Promise<MetricRow> =>
    first(
      (await ask({ metric: 'newcomer-parity', from, to, zone, filters: { ...projects, ...(service && { service: [service] }) } })).rows,
    );

  it('falls with the growth month, and stays where it was for the control service', async () => {
    const before = await parity(start, change);
    const after = await parity(change, end);
    const control = await parity(change, end, 'Device care');
    expect(before.lo).toBeLessThan(0);
    expect(before.hi).toBeGreaterThan(0);
    expect(after.value).toBeLessThan(-25);
    expect(after.hi).toBeLessThan(-15);
    expect(Math.abs(control.value ?? Number.NaN)).toBeLessThan(8);
    expect(control.hi).toBeGreaterThan(0);
  });

  it('is unequal in no month before it', async () => {
    const { rows } = await ask({ metric: 'newcomer-parity', from: start, to: change, zone, grain: 'month', filters: projects });
    expect(rows).toHaveLength(11);
    expect(rows.filter(({ hi }) => hi !== null && hi < 0).map(({ bucket }) => bucket)).toEqual([]);
  });

  it.each(['newcomer-tail', 'newcomer-silence'])('shows nothing as %s, where nothing is planted', async (metric) => {
    for (const filters of [projects, helpdesk, crm]) {
      const row = first((await ask({ metric, from: change, to: end, zone, filters })).rows);
      expect(row.lo).toBeLessThan(0);
      expect(row.hi).toBeGreaterThan(0);
    }
  });
});

describe('in the last ten weeks', () => {
  const change = '2026-09-07';

  it('customers hear nothing from Billing for most of its time, and from the other teams as before', async () => {
    const before = await byName('silence', start, change, 'team', helpdesk);
    const after = await byName('silence', change, end, 'team', helpdesk);
    expect(before.get('Billing')).toBeLessThan(12);
    expect(after.get('Billing')).toBeGreaterThan(40);
    for (const team of ['Support', 'Delivery North', 'Delivery South']) {
      expect(Math.abs((after.get(team) ?? 0) - (before.get(team) ?? 0))).toBeLessThan(3);
    }
  });

  it('visibility of what Billing has falls with it', async () => {
    const fresh = async (from: string, to: string): Promise<Map<string | null, number>> =>
      byName('visibility-coverage', from, to, 'team', helpdesk, 'fresh');
    const before = await fresh(start, change);
    const after = await fresh(change, end);
    expect((before.get('Billing') ?? 0) - (after.get('Billing') ?? 0)).toBeGreaterThan(35);
    expect(Math.abs((before.get('Delivery North') ?? 0) - (after.get('Delivery North') ?? 0))).toBeLessThan(4);
  });

  it('what is silent there stays unexplained, more than ever; of no other team in any tool is more', async () => {
    const risen: string[] = [];
    for (const connection of ['Sample helpdesk', 'Sample projects', 'Sample CRM']) {
      const of = { metric: 'unexplained-delay', zone, by: 'team' as const, filters: { connection: [connection] } };
      const before = new Map((await ask({ ...of, from: start, to: change })).rows.map((row) => [row.by, row]));
      for (const { by, lo } of (await ask({ ...of, from: change, to: end })).rows)
        if (by !== null && lo !== null && lo > (before.get(by)?.hi ?? 100)) risen.push(`${connection}: ${by}`);
    }
    expect(risen).toEqual(['Sample helpdesk: Billing']);
  });

  it('the process-behaviour chart of the silence shows every one of them', async () => {
    const weeks = await outside({ of: 'silence', grain: 'week', filters: { ...helpdesk, team: ['Billing'] } });
    expect(weeks.filter((week) => week >= change)).toHaveLength(10);
  });
});

describe('in the last 18 weeks', () => {
  const change = '2026-07-13';

  it('the slow half of Incidents takes far longer while the median stays, and no other type changes', async () => {
    const before = await byName('tail-ratio', start, change, 'type', helpdesk);
    const after = await byName('tail-ratio', change, end, 'type', helpdesk);
    expect((after.get('Incident') ?? 0) / (before.get('Incident') ?? 1)).toBeGreaterThan(1.6);
    for (const type of ['Question', 'Request', 'Invoice']) {
      expect((after.get(type) ?? 0) / (before.get(type) ?? 1)).toBeGreaterThan(0.75);
      expect((after.get(type) ?? 0) / (before.get(type) ?? 1)).toBeLessThan(1.3);
    }
    const medianBefore = await byName('lead-time', start, change, 'type', helpdesk, 'p50');
    const medianAfter = await byName('lead-time', change, end, 'type', helpdesk, 'p50');
    expect((medianAfter.get('Incident') ?? 0) / (medianBefore.get('Incident') ?? 1)).toBeGreaterThan(0.85);
    expect((medianAfter.get('Incident') ?? 0) / (medianBefore.get('Incident') ?? 1)).toBeLessThan(1.15);
  });
});

describe('in the last 22 weeks', () => {
  const change = '2026-06-15';

  it('Cloud telephony goes to and fro between Support and Delivery South, and no other service does', async () => {
    const before = await byName('returns', start, change, 'service', helpdesk, 'direct');
    const after = await byName('returns', change, end, 'service', helpdesk, 'direct');
    expect(Math.max(...before.values())).toBeLessThan(14);
    expect(after.get('Cloud telephony')).toBeGreaterThan(28);
    expect(Math.max(...without(after, 'Cloud telephony'))).toBeLessThan(16);
  });
});

describe('where nothing is planted', () => {
  it('Sales is as steady as ever', async () => {
    for (const metric of ['silence', 'first-response', 'lead-time']) {
      const [before, after] = [await only(metric, start, '2026-05-18', crm), await only(metric, '2026-05-18', end, crm)];
      const overlap = (before.lo ?? 0) <= (after.hi ?? Infinity) && (after.lo ?? 0) <= (before.hi ?? Infinity);
      expect({ metric, overlap }).toEqual({ metric, overlap: true });
    }
  });

  it.each([
    ['lead time of Questions', { of: 'lead-time', clock: 'business', grain: 'week', filters: { ...helpdesk, type: ['Question'] } }],
    [
      'lead time of Device care',
      { of: 'lead-time', clock: 'business', grain: 'month', filters: { ...projects, service: ['Device care'] } },
    ],
    ['dates of Device care', { of: 'on-time-first', grain: 'month', filters: { ...projects, service: ['Device care'] } }],
    ['moved dates of Device care', { of: 'goalpost-gap', grain: 'month', filters: { ...projects, service: ['Device care'] } }],
    ['tail of Questions', { of: 'tail-ratio', grain: 'month', filters: { ...helpdesk, type: ['Question'] } }],
    ['first answer of Sales', { of: 'first-response', grain: 'week', filters: crm }],
  ] as const)('the process-behaviour chart shows no more than chance: %s', async (_name, request) => {
    // At most one in fifty periods; weeks: 78, months: 18.
    expect((await outside(request)).length).toBeLessThanOrEqual(request.grain === 'week' ? 2 : 1);
  });
});

type Asked = Awaited<ReturnType<typeof ask>>;
type Filters = Record<string, readonly string[]>;

function values(result: Asked, name: string): number[] {
  return result.rows.map((row) => row.values?.[name] ?? Number.NaN);
}

/** The value of each segment over the whole span, by its name. */
async function byName(
  metric: string,
  from: string,
  to: string,
  by: 'team' | 'service' | 'type',
  filters: { connection: string[] },
  name?: string,
) {
  const { rows } = await ask({ metric, from, to, zone, by, filters });
  return new Map(
    rows.filter((row) => row.by !== null).map((row) => [row.by, (name === undefined ? row.value : row.values?.[name]) ?? Number.NaN]),
  );
}

async function only(metric: string, from: string, to: string, filters: { connection: string[] }): Promise<MetricRow> {
  return first((await ask({ metric, from, to, zone, filters })).rows);
}

/** The periods that an XmR chart puts outside its limits. */
async function outside(request: { of: string; grain: 'week' | 'month'; clock?: 'business'; filters: Filters }): Promise<string[]> {
  const [engine] = engines;
  if (!engine) throw new Error('No engine.');
  const filters = Object.fromEntries(Object.entries(request.filters).map(([dimension, names]) => [dimension, [...names]]));
  const { rows } = await queryMetric(engine, { metric: 'process-behaviour', from: start, to: end, zone, ...request, filters });
  return rows.filter(({ note }) => note?.split(';').includes('signal:outside')).map(({ bucket }) => bucket);
}

function without(named: Map<string | null, number>, name: string): number[] {
  return [...named].filter(([key]) => key !== name).map(([, value]) => value);
}

function first<Row>(rows: Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('There is no row where one is expected.');
  return row;
}

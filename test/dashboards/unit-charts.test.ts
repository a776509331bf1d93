import { describe, expect, test } from 'vitest';
import { composeChart } from '#dashboards/charts/compose.js';
import type { ChartContext, ChartDefinition, UnitQuery } from '#dashboards/dashboard.js';
import type { MetricRow } from '#dashboards/metric-result.js';
import type { UnitResult, UnitRow } from '#dashboards/unit-result.js';
import { infoOf, resultOf } from './answers.js';
import { svgOf, textsIn } from './svg.js';

const context: ChartContext = { locale: 'en', theme: 'light', width: 640, height: 260, isFiltered: false, ofType: null };
const day = 86_400;
/** The first day of the made-up window. */
const monday = Date.parse('2026-05-25T00:00:00Z') / 1_000;

function compose(
  kind: ChartDefinition['kind'],
  id: string,
  answers: Record<string, MetricRow[]>,
  units: UnitResult[],
  other: Partial<ChartContext> = {},
) {
  const metrics = Object.keys(answers);
  const definition: ChartDefinition = {
    id,
    kind,
    queries: metrics.map((metric) => ({ role: 'drawn', metric, window: 'asked', grain: 'all', by: null })),
    units: units.map(({ metric }): UnitQuery => ({ metric, take: 'sample', most: 600 })),
    isSkewed: true,
  };
  const results = metrics.map((metric) => ({ info: infoOf(metric), result: resultOf(metric, answers[metric] ?? []) }));
  return composeChart(definition, results, { ...context, ...other }, units);
}

function whole(values: MetricRow['values'], n: number, by: string | null = null): MetricRow {
  return { bucket: 'all', by, ...(values && { values }), n, lo: null, hi: null, note: null };
}

function unit(name: string, tells: UnitRow['tells'], parts: UnitRow['parts'] = []): UnitRow {
  return { itemId: `id-${name}-00ff`, externalId: name, title: null, tells, parts };
}

function unitsOf(metric: string, rows: UnitRow[], total = rows.length): UnitResult {
  return { metric, total, rows, asOf: monday + 100 * day, absent: [] };
}

describe('the scatter', () => {
  const quantiles = { 'lead-time': [whole({ p50: 2 * day, p85: 5 * day, p95: 9 * day }, 3)] };
  const rows = [
    unit('A', { exit: monday + 3 * day, seconds: 2 * day, ended: 1 }),
    unit('B', { exit: monday + 100 * day, seconds: 90 * day, ended: 0 }),
    unit('C', { exit: monday + 5 * day, seconds: 1, ended: 2 }),
  ];

  test('draws what is open apart from what is finished, at the end of the data', async () => {
    const finished = compose('scatter', 'lead-time-points', quantiles, [unitsOf('lead-time', rows)]);
    expect(finished.rows.filter((row) => row['item']).map(({ x, v, kind }) => ({ x, v, kind }))).toEqual([
      { x: monday + 3 * day, v: 2 * day, kind: 'finished' },
      { x: monday + 100 * day, v: 90 * day, kind: 'open' },
      { x: monday + 5 * day, v: 60, kind: 'cancelled' },
    ]);
    expect(finished.rows[0]).toMatchObject({ text: 'A: 2 d, ended on 28 May 2026', item: 'id-A-00ff' });
    expect(finished.rows[1]?.['text']).toBe('B: open for 90 d so far');
    const texts = textsIn(await svgOf(finished));
    expect(texts).toEqual(expect.arrayContaining(['finished', 'still open', 'cancelled', '85 % within 5 d']));
  });

  test('takes its lines from the metric and says where a sample is drawn', () => {
    const finished = compose('scatter', 'lead-time-points', quantiles, [unitsOf('lead-time', rows, 5_210)]);
    expect(finished.rows.filter((row) => row['part'] === 'line').map(({ v }) => v)).toEqual([2 * day, 5 * day, 9 * day]);
    expect(finished.summary).toBe(
      'Lead time of 5,210 items: half within 2 d, 85 % within 5 d, 95 % within 9 d. Items still open stand where the data ends, with their age so far. 3 of 5,210 are drawn, picked by chance and always the same ones; the lines are those of all.',
    );
    expect(finished.table.at(-1)).toEqual(['3 of 5,210 shown, picked by chance', '', '', '']);
  });

  test('has a dotted line for each value that was wanted, and says since when', async () => {
    const target = { metric: 'lead-time', part: 'p85', isRatchet: false };
    const steps = [
      { from: '2026-01-01', value: 4 * day },
      { from: '2026-06-01', value: 3 * day },
    ];
    const finished = compose('scatter', 'lead-time-points', quantiles, [unitsOf('lead-time', rows)], { targets: [{ ...target, steps }] });
    expect(finished.summary).toContain('The dotted line is the target of 85 % within: 4 d from 1 Jan 2026, 3 d from 1 Jun 2026.');
    const drawn = textsIn(await svgOf(finished)).filter((text) => text.startsWith('target'));
    expect([...new Set(drawn)]).toEqual(['target 4 d · 85 % within', 'target 3 d · 85 % within']);
  });

  test('is drawn with too few items for a line', async () => {
    const finished = compose('scatter', 'lead-time-points', { 'lead-time': [whole({ p50: null, p85: null, p95: null }, 3)] }, [
      unitsOf('lead-time', rows),
    ]);
    expect(await svgOf(finished)).not.toMatch(/NaN|undefined/);
    expect(finished.rows.filter((row) => row['part'] === 'line')).toEqual([]);
  });

  test('a title that says more than fits is cut, and stays data', () => {
    const evil = unit('A', { exit: monday, seconds: day, ended: 1 });
    evil.title = `${'x'.repeat(80)}"]); alert(1)`;
    const finished = compose('scatter', 'lead-time-points', quantiles, [unitsOf('lead-time', [evil])]);
    expect(finished.rows[0]?.['text']).toContain(`${'x'.repeat(59)}… (A)`);
    expect(JSON.stringify(finished.spec)).not.toContain('xxx');
  });
});

describe('the ageing chart', () => {
  const pace = { p50: day, p85: 4 * day, p95: 8 * day };
  const answers = { 'item-age': [whole({ p50: day, p85: 6 * day, p95: null }, 4)], 'court-age': [whole(pace, 70, 'ours_active')] };
  const item = (name: string, age: number, isDuePast: number, hasDate: number, court = 'ours_active') =>
    unit(name, { age, isDuePast, hasDate, court });
  const items = unitsOf('item-age', [
    item('late', 5 * day, 1, 1),
    item('likely', 2 * day, 0, 1),
    item('ahead', day, 0, 1),
    item('none', 9 * day, 0, 0, 'customer'),
  ]);
  const forecasts = unitsOf('p-late', [unit('likely', { p: 0.7, isLate: 0 }), unit('ahead', { p: 0.2, isLate: 0 })]);

  test('tells by shape whether the date has passed, is likely to be missed, lies ahead, or is none', async () => {
    const finished = compose('ageing', 'ageing', answers, [items, forecasts]);
    expect(finished.rows.filter((row) => row['item']).map(({ risk }) => risk)).toEqual([
      'date passed',
      'likely to be late',
      'date ahead',
      'no date given',
    ]);
    expect(finished.rows.find((row) => row['item'] === 'id-likely-00ff')?.['text']).toBe(
      'likely: 2 d old, ours, worked on, likely to be late · chance of being late 70 %',
    );
    expect(textsIn(await svgOf(finished))).toEqual(expect.arrayContaining(['P50', 'P85', 'P95', 'customer']));
  });

  test('sums up who is older than the pace of the same court', () => {
    expect(compose('ageing', 'ageing', answers, [items, forecasts]).summary).toBe(
      '4 items open. Of those drawn, 1 is older than 85 % of the finished ones were when they last left the same court; the date of 1 has passed, and 1 more is likely to be late.',
    );
  });

  test('without a pace draws the items alone and says so', async () => {
    const finished = compose('ageing', 'ageing', { 'item-age': answers['item-age'], 'court-age': [] }, [items, forecasts]);
    expect(finished.summary).toContain('too few are finished to tell the usual pace');
    expect(await svgOf(finished)).not.toMatch(/NaN|undefined/);
  });

  test('has the oldest first in its table', () => {
    expect(compose('ageing', 'ageing', answers, [items, forecasts]).table.map(([name, age]) => [name, age])).toEqual([
      ['Item', 'Age'],
      ['none', '9 d'],
      ['late', '5 d'],
      ['likely', '2 d'],
      ['ahead', '24 h'],
    ]);
  });
});

describe('the slip ledger', () => {
  const answers = { slip: [whole({ net: day, gross: day }, 40)] };
  const date = (due: number, isAfterDue = 0, isAsked = 0) => ({ said: monday, due: monday + due * day, moved: 1, isAfterDue, isAsked });
  const moved = unit('DESK-7', { net: 10 * day, moves: 2 }, [date(10), date(14, 1), date(20, 0, 1)]);
  const still = unit('DESK-8', { net: 0, moves: 0 }, [date(5)]);

  test('marks each date of a promise, those after the date had passed and those asked for', async () => {
    const finished = compose('ledger', 'slip-ledger', answers, [unitsOf('slip', [moved, still], 40)]);
    expect(finished.rows.filter((row) => row['part'] === 'date').map(({ due, kind }) => [due, kind])).toEqual([
      [monday + 10 * day, 'first promise'],
      [monday + 14 * day, 'moved before the date'],
      [monday + 14 * day, 'moved after the date had passed'],
      [monday + 20 * day, 'the customer asked for it'],
    ]);
    expect(finished.rows[0]).toMatchObject({
      item: 'id-DESK-7-00ff',
      text: 'DESK-7: from 4 Jun 2026 to 14 Jun 2026, +10 d; 2 moves, 1 after the date had passed, 1 asked by the customer',
    });
    expect(finished.summary).toBe('DESK-7 moved most: from 4 Jun 2026 to 14 Jun 2026, +10 d. 1 of 40 is shown: the one that moved most.');
    expect(textsIn(await svgOf(finished))).toContain('DESK-7');
  });

  test('where nothing was moved draws no empty frame', () => {
    expect(compose('ledger', 'slip-ledger', answers, [unitsOf('slip', [still])])).toMatchObject({
      spec: null,
      summary: 'No promise was moved in this period.',
    });
  });
});

describe('the calendar', () => {
  const row = (bucket: string, numerator: number, more: Partial<MetricRow> = {}): MetricRow => ({
    bucket,
    by: null,
    value: numerator,
    numerator,
    n: 20,
    lo: null,
    hi: null,
    note: null,
    ...more,
  });
  const sunday = [row('2026-05-31', 3), row('2026-06-01', 12), row('2026-06-02', 0, { n: 0, value: null, note: 'empty;running' })];
  const draw = (locale: ChartContext['locale']) => {
    const definition: ChartDefinition = {
      id: 'silence-calendar',
      kind: 'calendar',
      queries: [{ role: 'drawn', metric: 'silent-items', window: 'half-year', grain: 'day', by: null }],
    };
    const result = resultOf('silent-items', sunday, { grain: 'day' });
    return composeChart(definition, [{ info: infoOf('silent-items'), result }], { ...context, locale });
  };

  test('begins its weeks with the Monday, and in Persian with the Saturday', () => {
    expect(draw('en').rows.map(({ bucket, place }) => [bucket, place])).toEqual([
      ['2026-05-25', 6],
      ['2026-06-01', 0],
    ]);
    expect(draw('fa').rows.map(({ bucket, place }) => [bucket, place])).toEqual([
      ['2026-05-30', 1],
      ['2026-05-30', 2],
    ]);
  });

  test('a day opens exactly the items that were silent in it', () => {
    expect(draw('en').rows[1]).toMatchObject({
      n: 12,
      text: '1 Jun 2026: 12 items without a word for too long, of 20 in our court',
      items: 'grain=day&bucket=2026-06-01&part=numerator',
    });
  });

  test('names the worst day and the last one with data', () => {
    expect(draw('en').summary).toBe(
      'Most on 1 Jun 2026: 12 items without a word for too long, of 20 in our court; on the last day 12. The last 26 weeks of the period.',
    );
  });

  test('names the days of the week in the language of the reader', async () => {
    expect(textsIn(await svgOf(draw('en')))).toEqual(expect.arrayContaining(['Mon', 'Sun']));
    expect(textsIn(await svgOf(draw('tr')))).toEqual(expect.arrayContaining(['Pzt', 'Paz']));
  });
});

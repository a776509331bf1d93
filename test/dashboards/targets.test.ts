import { expect, test } from 'vitest';
import { composeChart } from '#dashboards/charts/compose.js';
import { trendQueries, wholeQuery, type Answer, type ChartContext, type ChartDefinition, type ChartKind } from '#dashboards/dashboard.js';
import type { MetricRow } from '#dashboards/metric-result.js';
import { judged, stepOn, type ChartTarget } from '#dashboards/target.js';
import { infoOf } from './answers.js';
import { svgOf, textsIn } from './svg.js';

const context: ChartContext = { locale: 'en', theme: 'light', width: 600, height: 240, isFiltered: false, ofType: null };

const row = (bucket: string, value: number, rest: Partial<MetricRow> = {}): MetricRow => ({
  bucket,
  by: null,
  value,
  n: 30,
  lo: null,
  hi: null,
  note: null,
  ...rest,
});

function answer(metric: string, rows: MetricRow[], grain: 'month' | 'all'): Answer {
  const { family, unit, treatment } = infoOf(metric);
  const asked = { from: '2026-01-01', to: '2026-04-01', zone: 'UTC', grain, by: null, asOf: null, absent: [] };
  return { info: infoOf(metric), result: { metric, family, unit, treatment, ...asked, rows } };
}

const months = [row('2026-01-01', 60), row('2026-02-01', 70), row('2026-03-01', 80)];

/** 80 % was wanted from the first of February, 90 % from the middle of March. */
const wanted: ChartTarget = {
  metric: 'on-time-first',
  part: null,
  isRatchet: false,
  steps: [
    { from: '2026-02-01', value: 80 },
    { from: '2026-03-15', value: 90 },
  ],
};

function onTime(whole: Partial<MetricRow>, told: Partial<ChartContext> = {}) {
  const definition: ChartDefinition = { id: 'first-response', kind: 'trend', queries: trendQueries('on-time-first').slice(0, 2) };
  const answers = [answer('on-time-first', months, 'month'), answer('on-time-first', [row('all', 70, whole)], 'all')];
  return composeChart(definition, answers, { ...context, compare: 'none', targets: [wanted], ...told });
}

test('each period has what was wanted on its last day, and the time before has nothing', async () => {
  const chart = onTime({});
  const drawn = (chart.spec?.['layer'] as { data?: { values: unknown[] } }[]).flatMap(({ data }) => (data ? [data.values] : []));
  expect(drawn[0]).toEqual([
    { bucket: '2026-02-01', goal: 80 },
    { bucket: '2026-03-01', goal: 90 },
  ]);
  const svg = await svgOf(chart);
  expect(svg).toContain('stroke-dasharray="1,4"');
  expect(svg).toContain('target 90 %');
});

test('the sentence, the marks and the table say it', () => {
  const chart = onTime({});
  expect(chart.summary).toContain('The dotted line is the target: 80 % from 1 Feb 2026, 90 % from 15 Mar 2026.');
  expect(chart.rows.map(({ text }) => /target [\d.]+ %/.exec(String(text))?.[0] ?? null)).toEqual([null, 'target 80 %', 'target 90 %']);
  expect(chart.table.map((line) => line.at(-1))).toEqual(['Target', '', '80 %', '90 %']);
});

test.each([
  [{ value: 92, lo: 91, hi: 95 }, 'met', 'Target 90 %: met'],
  [{ value: 70, lo: 65, hi: 75 }, 'missed', 'Target 90 %: missed by 20 pp'],
  [{ value: 86.8, lo: 80, hi: 93 }, 'unclear', 'Target 90 %: cannot be told yet; 3.2 pp short of it, and the interval spans it'],
  [{ value: 95, lo: 88, hi: 99 }, 'unclear', 'Target 90 %: cannot be told yet; 5 pp better than it, and the interval spans it'],
  [{ value: 70 }, 'unclear', 'Target 90 %: 20 pp short of it; without an interval nobody can tell whether by chance'],
])('a headline of %j is %s', (whole, state, text) => {
  expect(onTime(whole).headline?.target).toMatchObject({ state, text, target: 90, since: '2026-03-15', isRatchet: false });
});

test('a withheld number is not judged, nor one before anything was wanted', () => {
  expect(onTime({ value: null, note: 'too-few' }).headline?.target).toBeUndefined();
  expect(onTime({}, { targets: [{ ...wanted, steps: [{ from: '2026-04-01', value: 80 }] }] }).headline?.target).toBeUndefined();
});

test('a target that begins after the window leaves the drawing as it is', () => {
  const plain = onTime({}, { targets: [] });
  expect(onTime({}, { targets: [{ ...wanted, steps: [{ from: '2026-04-01', value: 80 }] }] })).toEqual(plain);
});

test('of several lines each has its own target, named', () => {
  const definition: ChartDefinition = {
    id: 'lead-time',
    kind: 'trend',
    queries: trendQueries('lead-time').slice(0, 1),
    lines: ['p50', 'p85'],
  };
  const rows = months.map(({ value: _value, ...one }) => ({ ...one, values: { p50: 7_200, p85: 14_400, p95: null } }));
  const targets = [{ ...wanted, metric: 'lead-time', part: 'p85', steps: [{ from: '2026-01-01', value: 10_800 }] }];
  const chart = composeChart(definition, [answer('lead-time', rows, 'month')], { ...context, targets });
  expect(chart.table[1]?.at(-1)).toBe('85 % within: 3 h');
});

const byTeam = (targets: ChartTarget[]) => {
  const definition: ChartDefinition = { id: 'first-response', kind: 'trend', queries: trendQueries('on-time-first').slice(0, 1) };
  const teams = ['Billing', 'Desk', 'Field'];
  const rows = months.flatMap((one) => teams.map((by) => ({ ...one, by })));
  const drawn = answer('on-time-first', rows, 'month');
  return composeChart(definition, [{ ...drawn, result: { ...drawn.result, by: 'team' } }], { ...context, targets });
};
const ofBilling: ChartTarget = { ...wanted, segment: 'Billing', steps: [{ from: '2026-01-01', value: 85 }] };
const ofField: ChartTarget = { ...wanted, segment: 'Field', steps: [{ from: '2026-03-01', value: 84 }] };

test('broken down, the one target of all is drawn once', () => {
  const chart = byTeam([wanted]);
  expect(chart.summary).toContain('The dotted line is the target: 80 % from 1 Feb 2026, 90 % from 15 Mar 2026.');
  expect(chart.table.map((line) => [line[1], line.at(-1)]).slice(0, 7)).toEqual([
    ['Team', 'Target'],
    ['Billing', ''],
    ['Desk', ''],
    ['Field', ''],
    ['Billing', '80 %'],
    ['Desk', '80 %'],
    ['Field', '80 %'],
  ]);
  expect(JSON.stringify(chart.spec).match(/"strokeDash":\[1,4\]/g)).toHaveLength(1);
});

test('broken down, a segment has its own target in its own colour, and the others have that of all', async () => {
  const chart = byTeam([wanted, ofBilling, ofField]);
  expect(chart.summary).toContain(
    'Dotted lines show the targets. Billing: 85 % from 1 Jan 2026; Field: 84 % from 1 Mar 2026; all others: 80 % from 1 Feb 2026, 90 % from 15 Mar 2026.',
  );
  expect(chart.table.slice(-3).map((line) => [line[1], line.at(-1)])).toEqual([
    ['Billing', '85 %'],
    ['Desk', '90 %'],
    ['Field', '84 %'],
  ]);
  expect(chart.rows.filter(({ bucket }) => bucket === '2026-03-01').map(({ text }) => /target \d+ %/.exec(String(text))?.[0])).toEqual([
    'target 85 %',
    'target 90 %',
    'target 84 %',
  ]);
  const svg = await svgOf(chart);
  expect(['target 85 % · Billing', 'target 84 % · Field', 'target 90 % · all others'].filter((text) => !svg.includes(text))).toEqual([]);
  const lines = chart.spec?.['layer'] as { mark: { strokeDash?: number[]; color?: string } }[];
  const colours = lines.filter(({ mark }) => mark.strokeDash?.[0] === 1).map(({ mark }) => mark.color);
  expect(new Set(colours).size).toBe(3);
});

test('names of targets that lie close do not stand on each other', () => {
  const layers = byTeam([wanted, ofBilling, ofField]).spec?.['layer'] as {
    mark: { type: string; dy?: number };
    data?: { values: { goal: number }[] };
  }[];
  const names = layers.filter(({ mark }) => mark.type === 'text').map(({ mark, data }) => [data?.values[0]?.goal, mark.dy]);
  // 144 of 240 pixels for 60 % to 90 %: 85 % is 24 pixels below the top, 84 % 28.8, so it moves 9 down; 90 % is at the top, named below it.
  expect(names).toEqual([
    [85, -5],
    [85, -5],
    [84, 4],
    [84, 4],
    [90, 5],
    [90, 5],
  ]);
});

test('stands among the limits of a process behaviour chart', async () => {
  const definition: ChartDefinition = {
    id: 'process-behaviour',
    kind: 'process-behaviour',
    queries: [{ role: 'drawn', metric: 'process-behaviour', window: 'asked', grain: 'asked', by: null }],
  };
  const rows = months.map(({ value: _value, ...one }) => ({ ...one, values: { value: 7_200, mean: 7_200, lower: 3_600, upper: 10_800 } }));
  const targets = [{ ...wanted, metric: 'lead-time', part: 'p50', steps: [{ from: '2026-01-01', value: 36_000 }] }];
  const chart = composeChart(definition, [answer('process-behaviour', rows, 'month')], { ...context, targets });
  // 10 h lies above the limit of 3 h: the axis reaches up to it.
  expect(await svgOf(chart)).toContain('target 10 h');
  expect(chart.summary).toContain('The dotted line is the target: 10 h from 1 Jan 2026.');
});

test('right to left the label stands where the line begins, and digits are those of the language', async () => {
  const chart = onTime({ value: 70, lo: 65, hi: 75 }, { locale: 'fa', calendar: 'gregorian' });
  expect(await svgOf(chart)).toContain('هدف ۹۰٪');
  expect(chart.headline?.target?.text).toBe('هدف ۹۰٪: محقق نشد؛ ۲۰ واحد درصد فاصله');
});

test('lower is better where the metric says so, and an end of the interval on the target is not beyond it', () => {
  expect(judged({ value: 10, lo: 8, hi: 12 }, 15, 'lower')).toEqual({ margin: 5, state: 'met' });
  expect(judged({ value: 10, lo: 8, hi: 12 }, 12, 'lower')).toEqual({ margin: 2, state: 'met' });
  expect(judged({ value: 10, lo: 8, hi: 12 }, 11, 'lower')).toEqual({ margin: 1, state: 'unclear' });
  expect(judged({ value: 10, lo: 8, hi: 12 }, 7, 'lower')).toEqual({ margin: -3, state: 'missed' });
});

test('a step holds from its day on', () => {
  expect(stepOn(wanted, '2026-01-31')).toBeNull();
  expect(stepOn(wanted, '2026-03-14')?.value).toBe(80);
  expect(stepOn(wanted, '2026-03-15')?.value).toBe(90);
});

const segments = (
  kind: ChartKind,
  metric: string,
  rows: Partial<MetricRow>[],
  targets: ChartTarget[],
  other: Partial<ChartDefinition> = {},
) => {
  const definition: ChartDefinition = { id: 'own', kind, title: { en: 'Own' }, queries: [wholeQuery(metric, 'team')], ...other };
  const { value: _value, ...plain } = row('all', 0);
  const drawn = answer(
    metric,
    rows.map((one) => ({ ...plain, ...one })),
    'all',
  );
  const answers = [{ ...drawn, result: { ...drawn.result, by: 'team' as const } }];
  return composeChart(definition, answers, { ...context, targets });
};
const ownGoals = [wanted, { ...ofBilling, steps: [{ from: '2026-02-01', value: 95 }] }];

test('in a ranking each segment has its own target across its place, and the others that of all', async () => {
  const rows = [
    { by: 'Billing', value: 60 },
    { by: 'Desk', value: 70 },
    { by: 'Field', value: 80 },
  ];
  const chart = segments('ranking', 'on-time-first', rows, ownGoals);
  expect(chart.summary).toContain('Dotted lines show the targets. Billing: 95 % from 1 Feb 2026; all others: 90 % from 15 Mar 2026.');
  expect(chart.rows.map(({ text }) => /target \d+ %/.exec(String(text))?.[0])).toEqual(['target 90 %', 'target 90 %', 'target 95 %']);
  expect(chart.table.map((line) => [line[0], line.at(-1)])).toEqual([
    ['Team', 'Target'],
    ['Field', '90 %'],
    ['Desk', '90 %'],
    ['Billing', '95 %'],
  ]);
  // Field and Desk stand under each other and are wanted the same: named once.
  expect(textsIn(await svgOf(chart)).filter((text) => text.startsWith('target'))).toEqual([
    'target 90 %',
    'target 90 %',
    'target 95 %',
    'target 95 %',
  ]);
});

test('strips say of which of their numbers a target is', async () => {
  const values = { p50: 7_200, p25: 3_600, p75: 10_800, p85: 14_400, p95: 18_000 };
  const ofTail: ChartTarget = { ...wanted, metric: 'lead-time', part: 'p85', steps: [{ from: '2026-01-01', value: 36_000 }] };
  const chart = segments('strips', 'lead-time-distribution', [{ by: 'Desk', values }], [ofTail], { value: 'p85' });
  expect(chart.summary).toContain('Dotted lines show the targets. 85 % within: 10 h from 1 Jan 2026.');
  expect(chart.rows[0]?.['text']).toContain('85 % within: target 10 h');
  expect(chart.table[1]?.at(-1)).toBe('85 % within: 10 h');
  // 10 h lies beyond the slowest 5 h: the axis reaches to it.
  expect(textsIn(await svgOf(chart))).toEqual(expect.arrayContaining(['target 10 h · 85 % within']));
});

test('a funnel has the target of all from side to side, and that of a segment at its mark', async () => {
  const limits = { whole: 70, lower95: 60, upper95: 80, lower998: 55, upper998: 85 };
  const rows = ['Billing', 'Desk'].map((by, index) => ({ by, values: { value: 60 + 10 * index, ...limits }, denominator: 100 + index }));
  const chart = segments('funnel', 'level-spread', rows, ownGoals);
  expect(chart.rows.map(({ name, own }) => [name, own])).toEqual([
    ['Billing', 95],
    ['Desk', null],
  ]);
  expect(chart.table.slice(1).map((line) => line.at(-1))).toEqual(['90 %', '95 %']);
  expect(textsIn(await svgOf(chart))).toEqual(expect.arrayContaining(['target 90 %']));
});

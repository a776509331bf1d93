import { compile } from 'vega-lite';
import { parse, View } from 'vega';
import { expect, test } from 'vitest';
import type { ChartContext } from '#dashboards/dashboard.js';
import { quickChart, type QuickQuestion } from '#dashboards/charts/quick.js';

const context: ChartContext = { locale: 'en', theme: 'light', width: 600, height: 240, isFiltered: false, ofType: null };

async function drawn(question: QuickQuestion, changes: Partial<ChartContext> = {}): Promise<string> {
  const { spec, rows } = quickChart(question, { ...context, ...changes });
  const view = new View(parse(compile(spec as never).spec), { renderer: 'none' });
  view.data('rows', rows);
  return view.toSVG();
}

test('bars begin at zero, keep the order of the rows, and tell names that come twice apart', async () => {
  const points = [
    { x: 'Billing', y: 40, series: null },
    { x: 'Network', y: 90, series: null },
    { x: 'Billing', y: 55, series: null },
  ];
  const svg = await drawn({ kind: 'bar', x: 'team', y: 'hours', points });
  for (const text of ['>Billing<', '>Network<', '>Billing (2)<', '>0<', '>hours<']) expect(svg).toContain(text);
  expect(quickChart({ kind: 'bar', x: 'team', y: 'hours', points }, context).rows.map(({ text }) => text)).toEqual([
    'Billing: hours 40',
    'Network: hours 90',
    'Billing (2): hours 55',
  ]);
});

test('a line is drawn for each series, with days along the axis', async () => {
  const day = 86_400;
  const monday = Date.parse('2026-03-02T00:00:00Z') / 1_000;
  const points = ['Billing', 'Network'].flatMap((series, at) =>
    [0, 7, 14].map((days) => ({ x: monday + days * day, y: 10 * at + days, series })),
  );
  const svg = await drawn({ kind: 'trend', x: 'week', y: 'items', points });
  for (const text of ['>Billing<', '>Network<', '16 Mar', '2026']) expect(svg).toContain(text);
});

test('both axes of a scatter are figures', async () => {
  const points = [1, 2, 3].map((x) => ({ x, y: 100 * x, series: null }));
  const svg = await drawn({ kind: 'scatter', x: 'handoffs', y: 'hours', points });
  for (const text of ['>handoffs<', '>hours<', '>300<', '>3<']) expect(svg).toContain(text);
});

test('what does not fit is left out and counted', () => {
  const points = Array.from({ length: 100 }, (_, at) => ({ x: `team ${at}`, y: at, series: null }));
  expect(quickChart({ kind: 'bar', x: 'team', y: 'n', points }, context).shown).toBe(30);
  const lines = points.map(({ y }) => ({ x: 86_400 * y, y, series: `line ${y}` }));
  expect(quickChart({ kind: 'trend', x: 'at', y: 'n', points: lines }, context).shown).toBe(8);
});

test('in Persian bars run from the right, and figures are Persian', async () => {
  const points = [{ x: 'Billing', y: 40, series: null }];
  const svg = await drawn({ kind: 'bar', x: 'team', y: 'hours', points }, { locale: 'fa' });
  expect(svg).toContain('۴۰');
  const { spec } = quickChart({ kind: 'bar', x: 'team', y: 'hours', points }, { ...context, locale: 'fa' });
  expect((spec['encoding'] as { y: { axis: { orient: string } } }).y.axis.orient).toBe('right');
});

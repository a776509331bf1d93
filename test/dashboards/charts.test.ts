import { describe, expect, test } from 'vitest';
import { boards } from '#dashboards/boards/index.js';
import { composeChart } from '#dashboards/charts/compose.js';
import type { ChartContext, ChartDefinition } from '#dashboards/dashboard.js';
import { locales } from '#dashboards/i18n/messages.js';
import type { MetricRow } from '#dashboards/metric-result.js';
import { answersFor, infoOf, resultOf, unitsFor } from './answers.js';
import { svgOf, textsIn } from './svg.js';

const context: ChartContext = { locale: 'en', theme: 'light', width: 640, height: 260, isFiltered: false, ofType: null };
const charts = boards.flatMap((board) => board.charts);

/** A trend of one metric, without a headline. */
function trendOf(metric: string, more: Partial<ChartDefinition> = {}): ChartDefinition {
  return { id: metric, kind: 'trend', queries: [{ role: 'drawn', metric, window: 'asked', grain: 'asked', by: 'asked' }], ...more };
}

function row(bucket: string, value: number | null, more: Partial<MetricRow> = {}): MetricRow {
  return { bucket, by: null, value, n: 40, lo: null, hi: null, note: null, ...more };
}

function compose(definition: ChartDefinition, rows: MetricRow[], other: Parameters<typeof resultOf>[2] = {}) {
  const [query] = definition.queries;
  return composeChart(definition, [{ info: infoOf(query!.metric), result: resultOf(query!.metric, rows, other) }], context);
}

describe.each(locales)('in %s', (locale) => {
  test.each(charts.map((chart) => [chart.id, chart] as const))('%s is drawn, plain and by team, light and dark', async (_, chart) => {
    for (const by of [null, 'team'] as const) {
      for (const theme of ['light', 'dark'] as const) {
        const finished = composeChart(chart, answersFor(chart, by), { ...context, locale, theme }, unitsFor(chart));
        const svg = await svgOf(finished);
        expect(svg).toContain('class="mark-');
        expect(svg).not.toMatch(/NaN|undefined|null<|Infinity/);
        expect(finished.summary).not.toMatch(/NaN|undefined|\{|\}/);
        expect(finished.table.length).toBeGreaterThan(1);
        expect(new Set(finished.table.map((line) => line.length)).size).toBe(1);
        expect(finished.explanation.definition.length).toBeGreaterThan(20);
      }
    }
  });
});

test('the axis of weeks names its days as they are, whatever the zone of the machine', async () => {
  const finished = compose(trendOf('silence'), [row('2025-12-29', 10), row('2026-01-05', 12), row('2026-01-12', 11)]);
  const texts = textsIn(await svgOf(finished));
  expect(texts.filter((text) => /Dec|Jan/.test(text))).toEqual(['29 Dec', '5 Jan', '12 Jan']);
  expect(texts).toContain('2025');
});

test('Persian axes are on the right, with Persian figures and Jalali dates from left to right', async () => {
  const chart = charts.find(({ id }) => id === 'silence')!;
  const texts = textsIn(await svgOf(composeChart(chart, answersFor(chart), { ...context, locale: 'fa' })));
  expect(texts.find((text) => text.includes('خرداد'))).toBe('\u202b۱۱ خرداد\u202c');
  expect(texts.filter((text) => /[0-9]/.test(text))).toEqual([]);
  const spec = JSON.stringify(composeChart(chart, answersFor(chart), { ...context, locale: 'fa' }).spec);
  expect(spec).toContain('"orient":"right"');
});

test('a few wide intervals neither press the line flat nor draw shares below nothing', async () => {
  const weeks = [
    row('2025-12-29', 10, { lo: -4, hi: 24 }),
    row('2026-01-05', 12, { lo: 2, hi: 90 }),
    row('2026-01-12', 11, { lo: 3, hi: 20 }),
  ];
  // 10 % to 12 %: the band is followed by half of the highest value beyond it, to 18 %, and to 0 % below.
  const texts = textsIn(await svgOf(compose(trendOf('silence'), weeks)));
  expect(texts.filter((text) => text.endsWith('%'))).toEqual(['0 %', '5 %', '10 %', '15 %', '20 %']);
  expect(compose(trendOf('silence'), weeks).table[2]).toContain('2 % … 90 %');
});

test('an interval with too few neighbours for a band stands as a bar, with a stop at each end within the axis', async () => {
  const spans = (...ends: ([number, number] | null)[]) => {
    const weeks = ['2026-01-05', '2026-01-12', '2026-01-19', '2026-01-26'];
    return compose(
      trendOf('silence'),
      weeks.map((week, index) => {
        const [lo, hi] = ends[index] ?? [null, null];
        return row(week, 10, { lo, hi });
      }),
    );
  };
  const two = spans(null, [8, 12], [2, 90], null);
  expect(two.rows.map(({ span }) => span)).toEqual([null, 'alone', 'alone', null]);
  const drawn = await svgOf(two);
  // Two bars; 8, 12 and 2 are on the axis of 0 % to 20 %, 90 is not.
  const marks = (name: string) =>
    new RegExp(`mark-[a-z]+ role-mark layer_${name}_marks".*?</g>`, 's').exec(drawn)?.[0].match(/<(line|path)/g)?.length;
  expect([marks('1'), marks('2'), marks('3')]).toEqual([2, 2, 1]);
  const four = spans([8, 12], [8, 12], [8, 12], [2, 12]);
  expect(four.rows.map(({ span }) => span)).toEqual(['band', 'band', 'band', 'band']);
});

test('a name in the legend goes on in the next line where the drawing is narrow', async () => {
  const name = 'Regional delivery of the northern and the southern provinces';
  const rows = [row('2026-01-05', 10, { by: name }), row('2026-01-05', 12, { by: 'Billing' })];
  const [query] = trendOf('silence').queries;
  const narrow = composeChart(
    trendOf('silence'),
    [{ info: infoOf(query!.metric), result: resultOf(query!.metric, rows, { by: 'team' }) }],
    {
      ...context,
      width: 260,
    },
  );
  const texts = textsIn(await svgOf(narrow));
  expect(texts).toContain('Billing');
  expect(texts).not.toContain(name);
  expect(texts.join(' ')).toContain(name);
});

test('durations that spread over orders of magnitude are drawn on a logarithmic axis that says so', async () => {
  const rows = [
    row('2026-01-05', null, { values: { p50: 600, p85: 1_200, p95: null } }),
    row('2026-01-12', null, { values: { p50: 900, p85: 864_000, p95: null } }),
  ];
  const finished = compose(trendOf('lead-time', { lines: ['p50', 'p85'], isSkewed: true }), rows);
  expect(textsIn(await svgOf(finished))).toContain('logarithmic');
});

test('a huge outlier does not break the axis', async () => {
  const finished = compose(trendOf('slip-moves'), [row('2026-01-05', 0.1), row('2026-01-12', 1_000_000)]);
  expect(textsIn(await svgOf(finished))).toContain('1,000,000');
});

test('a single point is drawn and said to be the only one', async () => {
  const finished = compose(trendOf('silence'), [row('2026-01-05', 12.5)]);
  expect(finished.summary).toBe('Silence: 12.5 % (5 Jan), the only period with enough cases.');
  expect(await svgOf(finished)).toContain('class="mark-symbol');
});

test('a running period is hollow, left out of the line and of the sentence', () => {
  const finished = compose(trendOf('silence'), [row('2026-01-05', 10), row('2026-01-12', 20), row('2026-01-19', 90, { note: 'running' })]);
  expect(finished.rows.map(({ v, line, state }) => ({ v, line, state }))).toEqual([
    { v: 10, line: 10, state: 'complete' },
    { v: 20, line: 20, state: 'complete' },
    { v: 90, line: null, state: 'running' },
  ]);
  expect(finished.summary).toBe(
    'Silence: 20 % in the latest complete week (12 Jan); between 10 % (5 Jan) and 20 % (12 Jan) over 2 periods.',
  );
});

test('a withheld value is a gap with a mark that opens, and the table says why', () => {
  const finished = compose(trendOf('silence'), [row('2026-01-05', 10), row('2026-01-12', null, { n: 3, note: 'too-few;excluded:2' })]);
  expect(finished.rows[1]).toMatchObject({ v: null, state: 'withheld', items: 'grain=week&bucket=2026-01-12' });
  expect(finished.table[2]).toEqual(['12 Jan', '–', '–', '3', 'too few cases to say · 2 left out']);
});

test('all values withheld: no empty frame, but the reason and the table', () => {
  const finished = compose(trendOf('silence'), [row('2026-01-05', null, { n: 3, note: 'too-few' })]);
  expect(finished).toMatchObject({
    state: 'ok',
    spec: null,
    summary: 'There are too few cases in each period to show a value; at least 5 are needed.',
  });
});

test('nothing there, nothing left by the filters, and not measurable are three states', () => {
  const empty = [row('2026-01-05', null, { n: 0, note: 'empty' })];
  const absent = [{ connection: 'Log', signal: 'visibility', reason: 'the log has no messages' }];
  const definition = trendOf('silence');
  const answers = (rows: MetricRow[], left = [] as typeof absent) => [
    { info: infoOf('silence'), result: resultOf('silence', rows, { absent: left }) },
  ];
  expect(composeChart(definition, answers(empty), context).state).toBe('empty');
  expect(composeChart(definition, answers(empty), { ...context, isFiltered: true }).state).toBe('filtered-empty');
  const finished = composeChart(definition, answers([], absent), context);
  expect(finished).toMatchObject({ state: 'not-measurable', spec: null, summary: 'Not measurable: the log has no messages' });
});

test('a segment alone, and segments that are all the same, are not told as highest and lowest', () => {
  const of = (by: string, value: number | null) => row('2026-01-05', value, { by });
  const told = (rows: MetricRow[]) => compose(trendOf('silence'), rows, { by: 'team' }).summary;
  expect(told([of('Alpha', 7), of('Beta', null)])).toBe(
    'Silence in the latest complete week (5 Jan): 7 % for Alpha, alone in having enough cases.',
  );
  expect(told([of('Alpha', 0), of('Beta', 0)])).toBe('Silence in the latest complete week (5 Jan): 0 % for all 2 that have enough cases.');
  expect(told([of('Alpha', 7), of('Beta', 9)])).toBe(
    'Silence in the latest complete week (5 Jan): highest 9 % for Beta, lowest 7 % for Alpha.',
  );
});

test('of more than eight segments the largest eight are drawn, the sentence says so and the table has all', () => {
  const rows = Array.from({ length: 11 }, (_, index) => row('2026-01-05', index + 1, { by: `Team ${index + 1}`, n: 100 + index }));
  const finished = compose(trendOf('silence'), rows, { by: 'team' });
  expect(new Set(finished.rows.map(({ series }) => series)).size).toBe(8);
  expect(finished.summary).toContain('8 of 11 are drawn; the table has them all.');
  expect(finished.table).toHaveLength(12);
});

test('a mark knows the question its items answer', () => {
  const finished = compose(trendOf('silence'), [row('2026-01-05', 10, { by: 'R&D = A+B' })], { by: 'team' });
  expect(Object.fromEntries(new URLSearchParams(String(finished.rows[0]?.items)))).toEqual({
    grain: 'week',
    bucket: '2026-01-05',
    by: 'team',
    segment: 'R&D = A+B',
  });
});

test('names of segments stay data: none reaches an expression', () => {
  const evil = `"]); alert(1); (["`;
  for (const chart of charts) {
    const answers = answersFor(chart, 'team');
    for (const { result } of answers) for (const one of result.rows) if (one.by !== null) one.by = evil;
    const spec = composeChart(chart, answers, context, unitsFor(chart)).spec;
    const expressions: string[] = [];
    JSON.stringify(spec, (key, value: unknown) => {
      if (['labelExpr', 'expr', 'calculate', 'test'].includes(key) || (key === 'filter' && typeof value === 'string'))
        expressions.push(String(value));
      return value;
    });
    expect(expressions.filter((expression) => expression.includes('alert'))).toEqual([]);
  }
});

test('an answer too few is told by the name of the chart', () => {
  expect(() => composeChart(charts[0]!, [], context)).toThrow('Chart "tail-ratio" asks 3 queries and got 0 answers');
});

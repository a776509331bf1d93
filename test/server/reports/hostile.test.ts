import { expect, test } from 'vitest';
import fc from 'fast-check';
import { boards } from '#dashboards/boards/index.js';
import { composeChart } from '#dashboards/charts/compose.js';
import type { Answer } from '#dashboards/dashboard.js';
import { chartSvg } from '#server/reports/chart-svg.js';
import { html } from '#server/reports/html.js';
import { answerTo, infoOf } from '../../dashboards/answers.js';

const hostile = fc.oneof(
  fc.constantFrom(
    'javascript:alert(1)',
    '"><script>alert(1)</script>',
    "');alert(1)//",
    '\u202eevil',
    '',
    'x'.repeat(5_000),
    '${7*7}',
    '=cmd()',
  ),
  fc.string({ maxLength: 60 }),
);
const number = fc.oneof(fc.double(), fc.constantFrom(null, 0, -0, 1e308, -1e308, Number.NaN, Infinity));

test('draws whatever names a chart is given without running or loading any of it, or refuses numbers beyond all axes with an error', async () => {
  const charts = boards.flatMap((board) =>
    board.charts.filter(({ kind, units }) => ['trend', 'ranking', 'strips'].includes(kind) && !units),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...charts), fc.array(fc.tuple(hostile, number, number), { maxLength: 12 }), async (chart, told) => {
      const answers = chart.queries.map((query) => distorted({ info: infoOf(query.metric), result: answerTo(query, null) }, told));
      const context = { locale: 'en', theme: 'light', width: 660, height: 200, isFiltered: false, ofType: null } as const;
      const svg = await chartSvg(composeChart(chart, answers, context)).catch(refused);
      expect(svg ?? '').not.toMatch(/<script|\son\w+=|href="(?!#)/i);
    }),
    { numRuns: 300 },
  );
});

test('escapes whatever is put into markup', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(html`<p title="${text}">${text}</p>`.text).toMatch(/^<p title="[^"<>]*">[^<>]*<\/p>$/s);
    }),
  );
});

function refused(error: unknown): null {
  expect(String(error)).toMatch(/Infinity|NaN|Unrecognized signal/);
  return null;
}

function distorted({ info, result }: Answer, told: [string, number | null, number | null][]): Answer {
  const [first] = result.rows;
  if (!first) return { info, result };
  const rows = told.map(([name, value, bound], place) => ({
    ...first,
    by: result.by === null ? null : `${name}${place}`,
    ...(first.values ? { values: Object.fromEntries(Object.keys(first.values).map((key) => [key, value])) } : { value }),
    lo: bound,
    hi: value,
  }));
  return { info, result: { ...result, rows: [...result.rows, ...rows] } };
}

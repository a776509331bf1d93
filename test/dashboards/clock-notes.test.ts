import { expect, test } from 'vitest';
import { boards } from '#dashboards/boards/index.js';
import { composeChart } from '#dashboards/charts/compose.js';
import type { ChartContext } from '#dashboards/dashboard.js';
import type { ChartNote } from '#dashboards/note.js';
import { answersFor, unitsFor } from './answers.js';
import { svgOf, textsIn } from './svg.js';

const notes: ChartNote[] = [
  { id: 'b', from: '2026-09-02', to: '2026-09-03', kind: 'release', text: 'New helpdesk' },
  { id: 'a', from: '2026-07-06', to: '2026-08-17', kind: 'holiday', text: 'Summer hours' },
  { id: 'c', from: '2026-09-03', to: '2026-09-04', kind: 'other', text: 'Storm' },
  { id: 'd', from: '2024-01-01', to: '2024-01-02', kind: 'other', text: 'Long ago' },
];
const context: ChartContext = { locale: 'en', theme: 'light', width: 640, height: 260, isFiltered: false, ofType: null, notes };
const charts = boards.flatMap((board) => board.charts);

function drawn(id: string) {
  const chart = charts.find((one) => one.id === id)!;
  return composeChart(chart, answersFor(chart), context, unitsFor(chart));
}

test('notes are drawn where time is a length too, numbered in its order, and told', async () => {
  const finished = drawn('lead-time-points');
  expect(finished.notes.map(({ number, text, period }) => [number, text, period])).toEqual([
    ['1', 'Summer hours', '6 Jul 2026 – 16 Aug 2026'],
    ['2', 'New helpdesk', '2 Sept 2026'],
    ['3', 'Storm', '3 Sept 2026'],
  ]);
  expect(textsIn(await svgOf(finished))).toEqual(expect.arrayContaining(['1', '2', '3']));
  expect(finished.spec?.['description']).toContain('2 New helpdesk (2 Sept 2026)');
});

test('numbers of notes a day apart stand below each other, and only those of several days have a band', () => {
  const layers = drawn('lead-time-points').spec?.['layer'] as { mark: { type: string }; data?: { values: Record<string, unknown>[] } }[];
  const valuesOf = (type: string) => layers.find(({ mark, data }) => mark.type === type && data)?.data?.values;
  // 640 pixels for half a year: a day is some 3.5 of them.
  expect(valuesOf('text')?.map(({ number, place }) => [number, place])).toEqual([
    ['1', 9],
    ['2', 9],
    ['3', 26],
  ]);
  // 6 July and 17 August 2026, midnight UTC.
  expect(valuesOf('rect')).toMatchObject([{ x: 1_783_296_000, until: 1_786_924_800 }]);
});

test('the slip ledger draws them among its dates', async () => {
  const finished = drawn('slip-ledger');
  const days = finished.rows.map(({ due }) => Number(due));
  // The made-up promises lie within the first weeks of June.
  expect(Math.max(...days)).toBeLessThan(1_783_296_000);
  expect(finished.notes).toEqual([]);
  const chart = charts.find(({ id }) => id === 'slip-ledger')!;
  const june: ChartNote[] = [{ id: 'e', from: '2026-06-08', to: '2026-06-09', kind: 'release', text: 'Release' }];
  const noted = composeChart(chart, answersFor(chart), { ...context, notes: june }, unitsFor(chart));
  expect(noted.notes).toMatchObject([{ number: '1', text: 'Release' }]);
  expect(textsIn(await svgOf(noted))).toContain('1');
});

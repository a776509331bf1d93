import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { boards } from '#dashboards/boards/index.js';
import { composeChart } from '#dashboards/charts/compose.js';
import { boardDescription, boardTitle } from '#dashboards/titles.js';
import { knownBoards } from '#server/dashboards/known-boards.js';
import { answersFor } from '../../dashboards/answers.js';
import { repositoryRoot } from '../../support/import-directions.js';

const whole = `id: our-promises
title: { en: Our promises, fa: قول‌های ما }
charts:
  - id: promises-of-ours
    kind: trend
    metric: promises-kept
    title: { en: Promises kept, tr: Tutulan sözler }
  - id: slow-services
    kind: strips
    metric: lead-time-distribution
    by: service
    value: p85
    logarithmic: yes
    title: { en: Slow services }
`;

function directoryOf(files: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), 'throughline-boards-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

const refused = (text: string) => () => knownBoards(directoryOf({ 'ours.yaml': text }));

test('a board is added as one file, after ours, with titles in the languages it has and English in the others', () => {
  const known = knownBoards(directoryOf({ 'ours.yaml': whole, 'notes.txt': 'no board' }));
  expect(known.map(({ id }) => id)).toEqual([...boards.map(({ id }) => id), 'our-promises']);
  const own = known.at(-1)!;
  expect((['en', 'tr', 'fa'] as const).map((locale) => boardTitle(own, locale))).toEqual(['Our promises', 'Our promises', 'قول‌های ما']);
  expect(boardDescription(own, 'en')).toBe('');
  expect(own.charts[1]).toMatchObject({
    isSkewed: true,
    value: 'p85',
    queries: [{ metric: 'lead-time-distribution', grain: 'all', by: 'service' }],
  });
});

test('its charts are drawn under their own titles', () => {
  const [chart] = knownBoards(
    directoryOf({
      'ours.json': JSON.stringify({
        id: 'j',
        title: { en: 'J' },
        charts: [{ id: 'kept', kind: 'trend', metric: 'promises-kept', title: { en: 'Promises kept', tr: 'Tutulan sözler' } }],
      }),
    }),
  ).at(-1)!.charts;
  const context = { theme: 'light', width: 640, height: 260, isFiltered: false, ofType: null } as const;
  const titles = (['tr', 'hy'] as const).map((locale) => composeChart(chart!, answersFor(chart!), { ...context, locale }).title);
  expect(titles).toEqual(['Tutulan sözler', 'Promises kept']);
});

test('the example of the README is understood', () => {
  const [, example = ''] = /```yaml\n(id: our-promises.*?)```/s.exec(readFileSync(join(repositoryRoot, 'README.md'), 'utf8')) ?? [];
  expect(
    knownBoards(directoryOf({ 'example.yaml': example }))
      .at(-1)
      ?.charts.map(({ id }) => id),
  ).toEqual(['dates-kept', 'slow-services']);
});

test('without a directory there are ours alone', () => {
  expect(knownBoards(null)).toBe(boards);
});

test.each([
  [
    whole.replace('promises-kept', 'promises-kpt'),
    'ours.yaml line 6 column 5: charts.0.metric: "promises-kpt" is not known; did you mean "promises-kept"? Known: ',
  ],
  [
    whole.replace('kind: strips', 'kind: stripes'),
    'line 9 column 5: charts.1.kind: "stripes" is not known; did you mean "strips"? Known: trend, ranking,',
  ],
  [whole.replace('by: service', 'by: shoe'), 'line 11 column 5: charts.1.by: "shoe" is not known. Known: team, type, '],
  [
    whole.replace('value: p85', 'value: p80'),
    'line 12 column 5: charts.1.value: "lead-time-distribution" has no value "p80"; known: p50, p25, p75, p85, p95.',
  ],
  [whole.replace('id: promises-of-ours', 'id: slip'), 'line 4 column 5: charts.0.id: there is a chart "slip" already; name it otherwise.'],
  [whole.replace('id: our-promises', 'id: delay'), 'line 1 column 1: id: there is a board "delay" already; name it otherwise.'],
  [whole.replace('kind: trend', 'kind: funnel'), 'charts.0.metric: a chart of kind "funnel" draws level-spread, not "promises-kept".'],
  [
    whole.replace('by: service', 'colour: blue'),
    'line 11 column 5: unknown key "colour". Known here: id, kind, metric, title, value, lines, by, logarithmic.',
  ],
  [whole.replace('title: { en: Slow services }', 'title: { de: Langsam }'), 'charts.1.title.en is missing.'],
  ['- just a list', 'ours.yaml: a mapping is a list of keys'],
])('a wrong file is refused with its place and the known words (%#)', (text, message) => {
  expect(refused(text)).toThrow(message);
});

test('two files may not have one board or one chart twice', () => {
  expect(() => knownBoards(directoryOf({ 'a.yaml': whole, 'b.yaml': whole.replace('our-promises', 'others') }))).toThrow(
    'b.yaml line 4 column 5: charts.0.id: there is a chart "promises-of-ours" already',
  );
});

test('a directory that is not there is refused with the name of the setting', () => {
  expect(() => knownBoards('/nowhere/boards')).toThrow('THROUGHLINE_BOARDS_DIR=/nowhere/boards cannot be read; name a directory');
});

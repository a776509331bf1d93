import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { composeChart } from '#dashboards/charts/compose.js';
import type { ChartDefinition } from '#dashboards/dashboard.js';
import { reasons } from '#dashboards/i18n/reasons/en.js';
import { fa } from '#dashboards/i18n/reasons/fa.js';
import { hy } from '#dashboards/i18n/reasons/hy.js';
import { isKnownReason, reasonIn, withReasonsIn } from '#dashboards/i18n/reasons/reason-in.js';
import { tr } from '#dashboards/i18n/reasons/tr.js';
import { infoOf, resultOf } from './answers.js';

const namesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test('a reason is said in the language of the reader, with the names in it', () => {
  expect(reasonIn('tr', 'Trello has no ratings.')).toBe('Trello puan tutmaz.');
  expect(reasonIn('fa', 'No status of this Jira has the meaning of a waiting one.')).toBe(
    'هیچ وضعیتی در این \u2068Jira\u2069 به معنای انتظار نیست.',
  );
  expect(reasonIn('hy', 'The source does not deliver "rating".')).toBe('Աղբյուրը «rating» չի տալիս։');
});

test('a metric is said by its name', () => {
  const reason =
    'Nobody has said what they believe of "on-time-first" here. Its board asks whoever gives a name, before it shows the number.';
  expect(reasonIn('en', reason)).toContain('of "On time, first date" here');
  expect(reasonIn('tr', reason)).toContain('Zamanında, ilk tarih');
});

test('of two forms that fit, the one that says more is taken', () => {
  expect(reasonIn('tr', 'A table has no ratings.')).toBe('Tabloda puan yok.');
});

test('a reason that nobody has translated stays in English', () => {
  expect(reasonIn('fa', 'The moon is full.')).toBe('The moon is full.');
  expect(isKnownReason('The moon is full.')).toBe(false);
});

test('in English a reason is what the connector says', () => {
  expect(reasonIn('en', 'Trello has no ratings.')).toBe('Trello has no ratings.');
});

test('of an answer only the reasons change', () => {
  const answer = { n: 3, absent: [{ connection: 'Cards', signal: 'rating', reason: 'Trello has no ratings.' }] };
  expect(withReasonsIn('tr', answer)).toEqual({ n: 3, absent: [{ connection: 'Cards', signal: 'rating', reason: 'Trello puan tutmaz.' }] });
});

test.each([
  ['tr', tr],
  ['fa', fa],
  ['hy', hy],
])('every translation to %s names what the English names', (_locale, catalog) => {
  for (const reason of reasons) expect([reason, namesIn(catalog[reason])]).toEqual([reason, namesIn(reason)]);
});

test('a chart that cannot be measured says why in the language of the reader', () => {
  const absent = [{ connection: 'Cards', signal: 'rating', reason: 'Trello has no ratings.' }];
  const answers = [{ info: infoOf('silence'), result: resultOf('silence', [], { absent }) }];
  const query = { metric: 'silence', role: 'drawn', window: 'asked', grain: 'asked', by: 'asked' } as const;
  const chart: ChartDefinition = { id: 'silence', kind: 'trend', queries: [query] };
  const { summary, absent: told } = composeChart(chart, answers, {
    ...{ locale: 'tr', theme: 'light', width: 640, height: 260 },
    ...{ isFiltered: false, ofType: null },
  });
  expect(summary).toBe('Ölçülemiyor: Trello puan tutmaz.');
  expect(told).toEqual([{ ...absent[0], reason: 'Trello puan tutmaz.' }]);
});

const folder = new URL('../../etl/connectors/', import.meta.url);
const sources = [
  ...readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => new URL(`${name}/connector.ts`, folder)),
  new URL('../../etl/tables/capabilities.ts', import.meta.url),
];

/** What connectors give as the reason why they cannot tell something at all, a name for each value in it. */
function saidBy(source: URL): string[] {
  const text = readFileSync(source, 'utf8');
  const told = [...text.matchAll(/(?:\bnone\(|courtsOf\([^'"`;]*)\s*(['"`])((?:(?!\1)[^\\])+)\1/g)].map(([, , reason = '']) => reason);
  return told.map((reason) => reason.replaceAll('${what}', 'team').replace(/\$\{[^}]*\}/g, 'X'));
}

/** Shown in English in every language, until somebody translates them; a tool may be added without. */
const untranslated: string[] = [];

test('every reason why something cannot be told is translated but those listed here', () => {
  const said = sources.flatMap(saidBy);
  expect(said.length).toBeGreaterThan(40);
  expect(said.filter((reason) => !isKnownReason(reason))).toEqual(untranslated);
});

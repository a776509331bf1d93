import { expect, test } from 'vitest';
import { ItemsQuery } from '#server/dashboards/items-question.js';
import { QuestionQuery } from '#server/dashboards/question.js';

function refusal(query: unknown, schema: typeof QuestionQuery | typeof ItemsQuery = QuestionQuery): string {
  const read = schema.safeParse(query);
  return read.success ? 'accepted' : read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
}

test('reads a window, a grain, a break-down and filters', () => {
  expect(
    QuestionQuery.parse({
      from: '2026-03-02',
      to: '2026-06-01',
      grain: 'month',
      by: 'team',
      team: ['Desk', 'Field'],
      type: 'incident',
      lang: 'fa',
    }),
  ).toEqual({
    from: '2026-03-02',
    to: '2026-06-01',
    grain: 'month',
    by: 'team',
    filters: { team: ['Desk', 'Field'], type: ['incident'] },
    locale: 'fa',
    theme: 'light',
    unknownParameters: [],
  });
});

test('leaves open what is not said', () => {
  expect(QuestionQuery.parse({})).toMatchObject({ from: null, to: null, grain: null, by: null, filters: {}, locale: 'en' });
});

test('reads a period in words, a calendar, digits, a comparison and a clock', () => {
  const asked = { period: 'last-quarter', calendar: 'jalali', digits: 'latn', compare: 'year', clock: 'business' };
  expect(QuestionQuery.parse(asked)).toMatchObject(asked);
});

test('tells parameters nobody knows', () => {
  expect(QuestionQuery.parse({ temas: 'Desk', utm_source: 'mail' }).unknownParameters).toEqual(['temas', 'utm_source']);
});

test.each([
  [{ from: '2026-02-30' }, 'from: "2026-02-30" is not a date such as 2026-03-01.'],
  [{ from: ['2026-03-01', '2026-03-02'] }, 'from: given 2 times (["2026-03-01","2026-03-02"]); give it once.'],
  [{ from: '2026-03-02', to: '2026-03-02' }, 'to: 2026-03-02 is not after from=2026-03-02; to is the first day left out.'],
  [
    { grain: 'decade' },
    'grain: "decade" is not known; known: day, week, month, quarter, year, all. A period is counted from its items; percentiles are never averaged or rolled up from shorter periods. Ask for the longer one itself: a wider window with grain all.',
  ],
  [{ by: 'person' }, 'by: "person" is not known; known: team, type, service, channel, priority, customer, group, connection, language.'],
  [{ calendar: 'lunar' }, 'calendar: "lunar" is not known; known: gregorian, jalali.'],
  [{ compare: 'decade' }, 'compare: "decade" is not known; known: previous, year, none.'],
  [{ lang: 'de' }, 'lang: "de" is not known; known: en, tr, fa, hy.'],
  [{ to: "2026-03-01'; drop table facts.item" }, `to: "2026-03-01'; drop table facts.item" is not a date such as 2026-03-01.`],
])('refuses %j by its value', (query, message) => {
  expect(refusal(query)).toBe(message);
});

test.each([[{ team: { select: 1 } }], [{ from: 5 }], [{ team: [['Desk']] }], [{ by: null }], ['text'], [null]])(
  'refuses %j, which is no text',
  (query) => {
    expect(refusal(query)).toContain('is not a text or a list of texts.');
  },
);

test('shows no more than the beginning of a long value', () => {
  expect(refusal({ from: 'x'.repeat(10_000_000) }).length).toBeLessThan(200);
});

test('reads which mark is opened and which page of it', () => {
  expect(ItemsQuery.parse({ bucket: '2026-03-02', by: 'team', segment: 'Desk', offset: '50', limit: '25' })).toMatchObject({
    bucket: '2026-03-02',
    segment: 'Desk',
    part: null,
    offset: 50,
    limit: 25,
    unknownParameters: [],
  });
  expect(refusal({ limit: '1e3' }, ItemsQuery)).toBe('limit: "1e3" is not a whole number from 1 to 200.');
  expect(refusal({ bucket: 'today' }, ItemsQuery)).toBe('bucket: "today" is not "all" or the first day of a period, such as 2026-03-02.');
});

import { describe, expect, test } from 'vitest';
import { formatter } from '#dashboards/format.js';
import { locales, translator } from '#dashboards/i18n/messages.js';
import type { MetricInfo, MetricRow } from '#dashboards/metric-result.js';
import { pastSentences } from '#dashboards/sentences/past.js';
import { periodSentences } from '#dashboards/sentences/period.js';
import type { Movement, Tongue } from '#dashboards/sentences/sentence.js';
import { verdict } from '#dashboards/sentences/verdict.js';
import { weekSentences } from '#dashboards/sentences/week.js';

const english: Tongue = { say: translator('en'), format: formatter('en') };

const info: MetricInfo = {
  id: 'slip-after-due',
  family: 'delay',
  definition: '',
  unit: '%',
  treatment: 'EVT',
  direction: 'lower',
  counts: 'promises',
  values: [],
  minimumN: 5,
  needs: [],
  source: '',
};

function row(value: number, n: number, lo: number, hi: number): MetricRow {
  return { bucket: 'all', by: null, value, n, lo, hi, note: null };
}

/** A week of 12 % of 30 promises, usual between 5 and 20. */
function week(bucket: string, values: Partial<Record<string, number>> = {}, note: string | null = null): MetricRow {
  return { bucket, by: null, n: 30, lo: null, hi: null, note, values: { value: 12, mean: 11, lower: 5, upper: 20, ...values } };
}

function movement(changed: Partial<Movement> = {}): Movement {
  return {
    board: 'delay',
    chart: 'slip-after-due',
    info,
    value: undefined,
    ofType: null,
    now: row(21.3, 258, 16, 26),
    before: row(9.1, 165, 5, 14),
    evidence: 'signal',
    weeks: [week('2026-11-02'), week('2026-11-09')],
    canAskWhy: true,
    carriers: null,
    isLeading: false,
    ...changed,
  };
}

describe('of the last complete week', () => {
  const said = (weeks: MetricRow[], changed: Partial<Movement> = {}) => weekSentences([movement({ weeks, ...changed })], english);

  test('a week outside the limits is a signal, worse where it went the wrong way, and opens to its items', () => {
    const [sentence] = said([week('2026-11-02'), week('2026-11-09', { value: 25 }, 'signal:outside')]);
    expect(sentence).toMatchObject({
      tone: 'worse',
      text: 'Moved after the fact: 25 % that week (30 promises), outside its usual range of 5 % to 20 %: a signal.',
      chart: { board: 'delay', chart: 'slip-after-due' },
      rows: { metric: 'slip-after-due', items: 'grain=week&bucket=2026-11-09', text: '30 promises' },
    });
  });

  test('below them it is better, and of a metric that is neither only different', () => {
    const weeks = [week('2026-11-09', { value: 2 }, 'signal:outside')];
    expect(said(weeks)[0]?.tone).toBe('better');
    expect(said(weeks, { info: { ...info, direction: 'neither' } })[0]?.tone).toBe('different');
  });

  test('eight on one side of the mean, and a jump from the week before, are signals too', () => {
    expect(said([week('2026-11-09', { value: 12 }, 'signal:run')])[0]?.text).toBe(
      'Moved after the fact: 12 % that week (30 promises); for eight weeks or more it has been above its usual 11 %: a signal.',
    );
    expect(said([week('2026-11-02', { value: 7 }), week('2026-11-09', { value: 18 }, 'signal:moving-range')])[0]?.text).toBe(
      'Moved after the fact: 18 % that week (30 promises), 7 % the week before, more than it usually moves: a signal.',
    );
  });

  test('what keeps to its range is noise: told of by name where it leads, counted where it does not', () => {
    const leading = movement({ isLeading: true });
    const other = movement({ chart: 'reopen-rate', info: { ...info, id: 'reopen-rate', counts: 'resolutions' } });
    expect(weekSentences([leading, other], english).map(({ tone, text }) => [tone, text])).toEqual([
      ['calm', 'Moved after the fact: 12 % that week (30 promises), within its usual range of 5 % to 20 %: noise.'],
      ['calm', 'One other number of that week stayed within the usual range: noise.'],
    ]);
    expect(weekSentences([other], english)[0]).toMatchObject({
      text: 'The one number of that week stayed within the usual range: noise.',
      names: [{ chart: 'reopen-rate' }],
    });
  });

  test('a running week is not the last complete one', () => {
    const weeks = [week('2026-11-02', { value: 25 }, 'signal:outside'), week('2026-11-09', {}, 'running')];
    expect(said(weeks)[0]?.rows?.items).toBe('grain=week&bucket=2026-11-02');
  });

  test('a share has no usual range below nothing or above all', () => {
    expect(said([week('2026-11-09', { lower: -3, upper: 104 })], { isLeading: true })[0]?.text).toContain('range of 0 % to 100 %');
  });

  test('without limits nothing is said', () => {
    const { mean: _mean, lower: _lower, upper: _upper, ...values } = week('2026-11-09').values ?? {};
    expect(said([{ ...week('2026-11-09'), values }])).toEqual([]);
  });
});

describe('of the period', () => {
  test('a change beyond chance is told with both values, both counts and who carries it', () => {
    const carriers = { by: 'service', segments: [{ name: 'Site installation', share: 81.6 }] };
    expect(periodSentences([movement({ carriers })], english)[0]).toMatchObject({
      tone: 'worse',
      text: 'Moved after the fact got worse: 21.3 % (258 promises), 9.1 % in the period before (165 promises): a signal.',
      carriers: { by: 'service', text: 'Site installation carries 82 % of it.' },
      rows: { items: 'grain=all&bucket=all' },
    });
  });

  test('two carriers are named, those against the change are not', () => {
    const segments = [
      { name: 'North', share: 70 },
      { name: null, share: 40 },
      { name: 'South', share: -10 },
    ];
    expect(periodSentences([movement({ carriers: { by: 'team', segments } })], english)[0]?.carriers?.text).toBe(
      'North carries 70 % of it, (none) 40 %.',
    );
  });

  test('who carries more than the whole change is not told in percent', () => {
    const segments = [
      { name: 'North', share: 106 },
      { name: 'South', share: -6 },
    ];
    expect(periodSentences([movement({ carriers: { by: 'team', segments } })], english)[0]?.carriers?.text).toBe(
      'North carries all of it and more; elsewhere it moved the other way.',
    );
  });

  test('the list behind a number of one type is of that type', () => {
    expect(periodSentences([movement({ ofType: 'Question' })], english)[0]).toMatchObject({
      text: expect.stringContaining('Moved after the fact · Question got worse') as string,
      rows: { items: 'grain=all&bucket=all&type=Question' },
    });
  });

  test('what is worse comes first, then what is least like chance', () => {
    const better = movement({ chart: 'better', info: { ...info, id: 'reopen-rate' }, now: row(2, 90, 1, 3), before: row(9, 80, 8, 10) });
    const strong = movement({ chart: 'strong', info: { ...info, id: 'silence' }, now: row(30, 99, 29, 31), before: row(9, 99, 8, 10) });
    expect(periodSentences([better, movement(), strong], english).map(({ chart }) => chart?.chart)).toEqual([
      'strong',
      'slip-after-due',
      'better',
    ]);
  });

  test('what moved no more than chance is noise, and what cannot be told is left out', () => {
    expect(periodSentences([movement({ evidence: 'noise' })], english).map(({ text }) => text)).toEqual([
      'The one number moved no more than chance would: noise.',
    ]);
    expect(periodSentences([movement({ evidence: 'unclear' })], english)).toEqual([]);
  });

  test('a number that two charts show is told of once', () => {
    expect(periodSentences([movement(), movement({ chart: 'again' })], english)).toHaveLength(1);
  });
});

test('past weeks told otherwise are counted once each, by cause, with the latest', () => {
  const change = { metric: 'slip-after-due', before: { value: 10 }, after: { value: 12 }, cause: 'history' as const };
  const restated = [
    { ...change, week: '2026-10-26' },
    { ...change, week: '2026-11-02', after: { value: 14 } },
    { ...change, week: '2026-10-26', before: { value: 9 } },
    { ...change, week: '2026-11-02', metric: 'unknown' },
  ];
  expect(pastSentences(restated, [movement({ isLeading: true })], english).map(({ text }) => text)).toEqual([
    'Moved after the fact: the time before is told differently now, so 2 past weeks say something else than before; the latest, from 2 Nov 2026, says 14 %, not 10 %.',
  ]);
});

describe('the verdict', () => {
  const left = (untold: number | null) => ({ untold, open: 40, isFiltered: false });
  const worse = periodSentences([movement()], english);
  const better = periodSentences(
    [movement({ chart: 'reopen-rate', info: { ...info, id: 'reopen-rate' }, now: row(2, 9, 1, 3), before: row(9, 9, 8, 10) })],
    english,
  );

  test('counts a number once, however often it is told of', () => {
    expect(verdict([...worse, ...worse, ...better], left(3), english)).toEqual([
      'One number got worse and one better, beyond chance.',
      '3 items are late or silent without a word to the customer.',
    ]);
  });

  test('is good news where nothing moved and everybody was told', () => {
    expect(verdict(periodSentences([movement({ evidence: 'noise' })], english), left(0), english)).toEqual([
      'No number moved beyond chance.',
      'Every customer whose item is late or silent has been told.',
    ]);
  });

  test('says nothing of what nobody can tell', () => {
    expect(verdict([], left(null), english)).toEqual([]);
  });

  test('is no good news where there is nothing at all, and says whether filters left nothing', () => {
    expect(verdict([], { ...left(0), open: 0 }, english)).toEqual(['There is nothing to show in this period.']);
    expect(verdict([], { untold: 0, open: 0, isFiltered: true }, english)).toEqual(['Nothing matches the filters in this period.']);
    expect(verdict([], left(0), english)).toEqual(['Every customer whose item is late or silent has been told.']);
  });
});

test.each(locales)('every kind of sentence can be said in %s', (locale) => {
  const tongue: Tongue = { say: translator(locale), format: formatter(locale) };
  const weeks = ['outside', 'run', 'moving-range'].map((signal, place) =>
    movement({
      chart: signal,
      info: { ...info, id: ['silence', 'reopen-rate', 'slip-after-due'][place] ?? '' },
      weeks: [week('2026-11-02'), week('2026-11-09', {}, `signal:${signal}`)],
      carriers: { by: 'team', segments: [{ name: 'Billing', share: 80 }] },
    }),
  );
  const sentences = [...weekSentences([...weeks, movement({ isLeading: true })], tongue), ...periodSentences(weeks, tongue)];
  const texts = [
    ...sentences.flatMap(({ text, carriers }) => [text, carriers?.text ?? text]),
    ...verdict(sentences, { untold: 2, open: 9, isFiltered: false }, tongue),
  ];
  expect(sentences).toHaveLength(6);
  for (const text of texts) expect(text).not.toMatch(/[{}]|undefined|today\./);
});

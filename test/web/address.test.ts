import fc from 'fast-check';
import { expect, test } from 'vitest';
import { periodWindows } from '#server/metrics/periods.js';
import {
  askedOf,
  calendars,
  choiceElsewhere,
  compares,
  filterDimensions,
  grains,
  periods,
  periodWords,
  readChoice,
  windowOf,
  writeChoice,
  type Choice,
  type Reader,
} from '../../web/src/lib/address.js';

import { readOrder } from '../../web/src/lib/item-order.js';
import { askedItems, itemsAddress } from '../../web/src/lib/mark.js';
import { unknownTables } from '../../web/src/lib/tables/address.js';
import { unknownWhy } from '../../web/src/lib/why/address.js';

const span = { first: '2025-01-09', last: '2026-11-15', zone: 'UTC' };
const reader: Reader = {
  periods: { gregorian: periodWindows(span, 'gregorian'), jalali: periodWindows(span, 'jalali') },
  calendar: 'gregorian',
  digits: 'own',
};
const persianReader: Reader = { ...reader, calendar: 'jalali' };

const localDate = fc
  .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2029-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const name = fc.string({ minLength: 0, maxLength: 12, unit: 'grapheme' });
const filters = fc
  .record(Object.fromEntries(filterDimensions.map((dimension) => [dimension, fc.uniqueArray(name, { minLength: 1, maxLength: 3 })])), {
    requiredKeys: [],
  })
  .map((chosen) => chosen as Choice['filters']);
const column = fc.integer({ min: 2, max: 99 });
const tables: fc.Arbitrary<Choice['tables']> = fc.uniqueArray(
  fc.record({
    chart: fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/),
    sort: fc.option(fc.record({ column: fc.oneof(fc.constant(1), column), isDescending: fc.boolean() })),
    leftOut: fc.uniqueArray(column, { maxLength: 3 }).map((columns) => columns.toSorted((one, other) => one - other)),
  }),
  { maxLength: 3, selector: ({ chart }) => chart },
);
const choices: fc.Arbitrary<Choice> = fc
  .record({
    period: fc.constantFrom(...periodWords),
    dates: fc.option(fc.tuple(localDate, localDate).filter(([one, other]) => one !== other)),
    grain: fc.constantFrom(...grains),
    calendar: fc.option(fc.constantFrom(...calendars)),
    by: fc.option(fc.constantFrom(...filterDimensions)),
    compare: fc.option(fc.constantFrom(...compares)),
    clock: fc.constantFrom('calendar', 'business'),
    filters,
    tables,
  })
  .map(({ dates, ...choice }) => {
    const [from, to] = dates?.toSorted() ?? [null, null];
    return { ...choice, period: dates ? ('custom' as const) : choice.period, from: from ?? null, to: to ?? null, unknown: [] };
  });

test('whatever was chosen comes back from the address, and is written the same way again', () => {
  fc.assert(
    fc.property(choices, (choice) => {
      const address = writeChoice(choice);
      const read = readChoice(new URLSearchParams(address.toString()));
      expect(read).toEqual(choice);
      expect(writeChoice(read).toString()).toBe(address.toString());
    }),
    { numRuns: 1_000 },
  );
});

test('opening a mark keeps every filter, and the way back is the same board', () => {
  fc.assert(
    fc.property(choices, name, fc.constantFrom(reader, persianReader), (choice, segment, state) => {
      const items = new URLSearchParams({ grain: 'all', bucket: 'all', by: 'team', segment }).toString();
      const address = new URL(itemsAddress('delay', choice, { metric: 'silence', items }), 'http://page').searchParams;
      expect(readChoice(address)).toEqual(choice);
      const asked = askedItems(address, readChoice(address), state);
      expect(asked.get('segment')).toBe(segment);
      expect(asked.get('grain')).toBe('all');
      expect(asked.get('calendar') ?? 'gregorian').toBe(choice.calendar ?? state.calendar);
      expect(asked.get('clock') ?? 'calendar').toBe(choice.clock);
      for (const dimension of filterDimensions) expect(asked.getAll(dimension)).toEqual(choice.filters[dimension] ?? []);
      for (const edge of ['from', 'to'] as const) expect(asked.get(edge)).toBe(windowOf(choice, state)[edge]);
    }),
    { numRuns: 1_000 },
  );
});

test('a mark of a day is asked for by that day alone, and one of a type by that type', () => {
  const choice = readChoice(new URLSearchParams('period=26-weeks&grain=day&team=Billing'));
  const asked = (items: string) => {
    const address = new URL(itemsAddress('delay', choice, { metric: 'silence', items }), 'http://page').searchParams;
    return askedItems(address, readChoice(address), reader).toString();
  };
  expect(asked('grain=day&bucket=2026-03-31&part=all')).toBe(
    'from=2026-03-31&to=2026-04-01&grain=day&team=Billing&bucket=2026-03-31&part=all',
  );
  expect(asked('grain=month&bucket=2026-03-01&type=Repair')).toBe(
    'from=2026-05-18&to=2026-11-16&grain=month&team=Billing&bucket=2026-03-01&type=Repair',
  );
});

test('the order of the address does not depend on the order of choosing', () => {
  const one = readChoice(new URLSearchParams('team=B&by=type&grain=day&service=X&period=4-weeks&team=A'));
  expect(writeChoice(one).toString()).toBe('period=4-weeks&grain=day&by=type&team=B&team=A&service=X');
});

test('what nobody knows is told, each with its value where the name is known', () => {
  const read = readChoice(
    new URLSearchParams('grain=fortnight&tema=A&by=colour&from=2026-02-30&period=1-week&calendar=lunar&compare=decade&clock=sun&lang=fa'),
  );
  expect(new Set(read.unknown)).toEqual(
    new Set(['from=2026-02-30', 'period=1-week', 'calendar=lunar', 'grain=fortnight', 'by=colour', 'compare=decade', 'clock=sun', 'tema']),
  );
  expect(read).toMatchObject({ grain: 'week', by: null, period: 'default', from: null });
});

test('the tables of a board are in the address, and what is said of one that is not shown is told', () => {
  const said = 'table=silence&table=slip&table-sort=silence.3.desc&table-without=slip.2&table-without=slip.4';
  const choice = readChoice(new URLSearchParams(said));
  expect(choice.tables).toEqual([
    { chart: 'silence', sort: { column: 3, isDescending: true }, leftOut: [] },
    { chart: 'slip', sort: null, leftOut: [2, 4] },
  ]);
  expect(writeChoice(choice).toString()).toBe(said);
  expect(choiceElsewhere(choice).toString()).toBe('');
  const other = readChoice(new URLSearchParams('table=slip&table-sort=silence.3.desc&table-sort=slip.0.asc&table-without=slip.1'));
  expect(other.unknown).toEqual(['table-sort=silence.3.desc', 'table-sort=slip.0.asc', 'table-without=slip.1']);
  expect(other.tables).toEqual([{ chart: 'slip', sort: null, leftOut: [] }]);
});

test('a table of a chart that the board has not, and a column that the table has not, are told', () => {
  const { tables } = readChoice(
    new URLSearchParams('table=slip&table=sip&table-sort=slip.4.asc&table-without=slip.3&table-without=slip.9'),
  );
  expect(unknownTables(tables, [{ id: 'slip', table: [['Period', 'n', 'Remark']] }])).toEqual([
    'table-sort=slip.4.asc',
    'table-without=slip.9',
    'table=sip',
  ]);
  expect(unknownTables(tables, [{ id: 'slip', table: [] }])).toEqual(['table=sip']);
});

test('half a window is no window, and is told', () => {
  expect(readChoice(new URLSearchParams('from=2026-01-01'))).toMatchObject({ period: 'default', unknown: ['from=2026-01-01'] });
  expect(readChoice(new URLSearchParams('from=2026-02-01&to=2026-01-01')).unknown).toEqual(['from=2026-02-01', 'to=2026-01-01']);
});

test('a period in words counts back from the end of the data, in the calendar of the reader', () => {
  const choice = readChoice(new URLSearchParams('period=last-quarter'));
  expect(askedOf(choice, reader).toString()).toBe('from=2026-07-01&to=2026-10-01&grain=week');
  expect(askedOf(choice, persianReader).toString()).toBe('from=2026-06-22&to=2026-09-23&calendar=jalali&grain=week');
});

test('the calendar of the address goes before that of the reader', () => {
  const choice = readChoice(new URLSearchParams('period=last-quarter&calendar=gregorian'));
  expect(askedOf(choice, persianReader).toString()).toBe('from=2026-07-01&to=2026-10-01&calendar=gregorian&grain=week');
});

test('comparison, clock and digits go to the server where they are not the usual ones', () => {
  const choice = readChoice(new URLSearchParams('compare=year&clock=business'));
  expect(askedOf(choice, { ...reader, digits: 'latn' }).toString()).toBe(
    'from=2026-05-18&to=2026-11-16&grain=week&compare=year&clock=business&digits=latn',
  );
});

test('every word of the server is a word of the page', () => {
  expect(Object.keys(reader.periods.gregorian)).toEqual([...periodWords]);
  expect(periods).toEqual([...periodWords, 'custom']);
});

test('a list told in an order that nobody knows has its own, and says what it left out', () => {
  const read = (query: string) => readOrder(new URLSearchParams(query));
  expect(read('sort=customer&order=asc')).toEqual({ sort: 'customer', isDescending: false, unknown: [] });
  expect(read('')).toEqual({ sort: 'contribution', isDescending: true, unknown: [] });
  expect(read('sort=nope&order=up')).toEqual({ sort: 'contribution', isDescending: true, unknown: ['sort=nope', 'order=up'] });
});

test('Why of a chart that is not there, or has no parts, is told', () => {
  const charts = [
    { id: 'slip', canAskWhy: true },
    { id: 'load', canAskWhy: false },
  ];
  const read = (query: string) => unknownWhy(new URLSearchParams(query), charts);
  expect([read(''), read('why=slip'), read('why=load'), read('why=nothing')]).toEqual([[], [], ['why=load'], ['why=nothing']]);
});

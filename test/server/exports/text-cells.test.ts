import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteSink } from '#server/exports/byte-sink.js';
import { ColumnBuilder } from '#server/exports/column-builder.js';
import { csvLine } from '#server/exports/csv-line.js';
import { putCsvText } from '#server/exports/csv-text.js';
import { cellWriter, type TextCells } from '#server/exports/text-cells.js';
import { putDay, putInstant } from '#server/exports/time-bytes.js';
import { keptAs } from '#server/exports/typed-column.js';

const csv: TextCells = { text: (sink, values, row) => putCsvText(sink, values, row, false), quote: '' };
const json: TextCells = { ...csv, quote: '"' };

/** A value of that type as Postgres sends it, as a cell. */
function cell(type: string, sent: Buffer, cells = csv): string {
  const column = { name: 'at', comment: '', type, ...keptAs(type) };
  const builder = new ColumnBuilder(column);
  builder.field(0, sent, 0, sent.length);
  return written((sink) => cellWriter(column.kind, builder.taken(1), cells)(sink, 0));
}

function written(put: (sink: ByteSink) => void): string {
  const sink = new ByteSink();
  put(sink);
  return String(sink.taken());
}

function int64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
}

/** Postgres counts from 2000-01-01: 10,957 days after 1970. */
const epoch = 946_684_800_000_000n;
const instant = (microseconds: bigint) => cell('timestamp with time zone', int64(microseconds - epoch));
const day = (days: number) => cell('date', int32(days - 10_957));

test.each([
  [0n, '1970-01-01T00:00:00.000000Z'],
  [-1n, '1969-12-31T23:59:59.999999Z'],
  // 29 February 2000, the leap day of a century: 11,016 days.
  [951_782_400_000_007n, '2000-02-29T00:00:00.000007Z'],
  // The last of the year 9999, and what comes after it: 253,402,300,800 s.
  [253_402_300_799_999_999n, '9999-12-31T23:59:59.999999Z'],
  [253_402_300_800_000_000n, '+010000-01-01T00:00:00.000000Z'],
  // 719,528 days before 1970 is the first of the year 0, which Postgres calls 1 BC.
  [-62_167_219_200_000_000n, '0000-01-01T00:00:00.000000Z'],
  [-62_167_219_200_000_001n, '-000001-12-31T23:59:59.999999Z'],
])('writes the instant %d', (microseconds, iso) => {
  expect(instant(microseconds)).toBe(iso);
  expect(cell('timestamp(3) with time zone', int64(microseconds - epoch), json)).toBe(`"${iso}"`);
});

test.each([
  [0, '1970-01-01'],
  [-719_529, '-000001-12-31'],
  [2_932_896, '9999-12-31'],
  [2_932_897, '+010000-01-01'],
])('writes the day %d', (days, iso) => expect(day(days)).toBe(iso));

test.each([
  ['timestamp with time zone', int64(2n ** 63n - 1n), 'an instant'],
  ['timestamp with time zone', int64(-(2n ** 63n)), 'an instant'],
  // Postgres knows the year 294276; counted from 1970 its microseconds need more than 64 bits.
  ['timestamp with time zone', int64(9_223_371_331_199_999_999n), 'an instant'],
  ['date', int32(2 ** 31 - 1), 'a day'],
  ['date', int32(-(2 ** 31)), 'a day'],
])('refuses a %s that no file can hold', (type, sent, what) => {
  expect(() => cell(type, sent)).toThrow(`Column "at" holds ${what} that never comes or is too late for any file; give null in its place.`);
});

test.each([
  ['bigint', int64(2n ** 63n - 1n), '9223372036854775807'],
  ['bigint', int64(-(2n ** 63n)), '-9223372036854775808'],
  ['bigint', int64(9_007_199_254_740_993n), '9007199254740993'],
  ['bigint', int64(-1_000_000_000n), '-1000000000'],
  ['integer', int32(-(2 ** 31)), '-2147483648'],
  ['integer', int32(0), '0'],
  ['smallint', int32(-7).subarray(2), '-7'],
  ['double precision', double(-0), '0'],
  ['double precision', double(1e21), '1e+21'],
  ['double precision', double(-0.1), '-0.1'],
  ['double precision', double(NaN), 'NaN'],
  ['double precision', double(-Infinity), '-Infinity'],
  ['real', Buffer.from('0.1'), '0.1'],
  ['numeric', Buffer.from('-12345678901234567890.50'), '-12345678901234567890.50'],
  ['numeric', Buffer.from('-Infinity'), '-Infinity'],
  ['boolean', Buffer.from([1]), 'true'],
  ['uuid', Buffer.from('0123456789abcdef0123456789abcdef', 'hex'), '01234567-89ab-cdef-0123-456789abcdef'],
])('writes a %s', (type, sent, wanted) => expect(cell(type, sent)).toBe(wanted));

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(1)', "'@SUM(1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', '"\'\r=1"'],
  ['\n=1', '"\'\n=1"'],
  ['＝1', "'＝1"],
  ['＋1', "'＋1"],
  ['－1', "'－1"],
  ['＠SUM(1)', "'＠SUM(1)"],
  ['1=1', '1=1'],
])('writes the text %j as a cell that nothing runs', (text, wanted) => expect(cell('text', Buffer.from(text))).toBe(wanted));

test('puts a word in quotes where JSON has no number for it', () => {
  expect([
    cell('double precision', double(NaN), json),
    cell('numeric', Buffer.from('Infinity'), json),
    cell('bigint', int64(7n), json),
  ]).toEqual(['"NaN"', '"Infinity"', '7']);
});

describe('as the slow way writes them', () => {
  test('instants of all years that have a name', () => {
    const wanted = (microseconds: bigint) => {
      const rest = ((microseconds % 1_000n) + 1_000n) % 1_000n;
      return new Date(Number((microseconds - rest) / 1_000n)).toISOString().replace('Z', `${String(rest).padStart(3, '0')}Z`);
    };
    const most = 8_640_000_000_000_000_000n;
    fc.assert(
      fc.property(fc.oneof(fc.bigInt({ min: -most, max: most }), fc.bigInt({ min: -(2n ** 53n), max: 2n ** 53n })), (microseconds) => {
        const low = Number(BigInt.asIntN(32, microseconds));
        const high = Number(microseconds >> 32n);
        expect(written((sink) => putInstant(sink, low, high))).toBe(wanted(microseconds));
      }),
    );
  });

  test('days', () => {
    fc.assert(
      fc.property(fc.integer({ min: -800_000, max: 3_000_000 }), (days) => {
        expect(written((sink) => putDay(sink, days))).toBe(new Date(days * 86_400_000).toISOString().replace('T00:00:00.000Z', ''));
      }),
    );
  });

  test('whole and floating numbers', () => {
    const whole = fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.maxSafeInteger().map(BigInt));
    fc.assert(
      fc.property(whole, fc.double(), (value, floating) => {
        expect(cell('bigint', int64(value))).toBe(String(value));
        expect(cell('double precision', double(floating))).toBe(String(floating));
      }),
    );
  });

  test('texts, with what needs quotes and what a spreadsheet would run', () => {
    const special = fc.constantFrom('"', ',', '\r', '\n', '\t', '=', '+', '-', '@', '＝', '＋', '－', '＠', '＞', '😀', "'", 'é', 'a', '');
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(special, { maxLength: 90 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(`${cell('text', Buffer.from(text))}\n`).toBe(csvLine([text]));
        const raw: TextCells = { ...csv, text: (sink, values, row) => putCsvText(sink, values, row, true) };
        expect(`${cell('text', Buffer.from(text), raw)}\n`).toBe(csvLine([text], true));
      }),
    );
  });
});

import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CsvScanner, type ScannedRecord } from '#etl/connectors/csv/scanner.js';

function scan(...texts: string[]): ScannedRecord[] {
  const scanner = new CsvScanner(',', '"');
  return [...texts.flatMap((text) => [...scanner.push(text)]), ...scanner.end()];
}

const cells = (...texts: string[]) => scan(...texts).map((record) => ('cells' in record ? record.cells : record.broken.code));

test('splits lines at the delimiter, whatever ends them', () => {
  expect(cells('a,b\r\n1,2\n3,\n')).toEqual([
    ['a', 'b'],
    ['1', '2'],
    ['3', ''],
  ]);
});

test('reads the last line without a line break', () => {
  expect(cells('a,b\n1,2')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
});

test('leaves delimiters, line breaks and doubled quotes inside quotes alone', () => {
  expect(cells('"a,b","say ""no""","two\nlines"\nx,y,z\n')).toEqual([
    ['a,b', 'say "no"', 'two\nlines'],
    ['x', 'y', 'z'],
  ]);
});

test('joins a quoted cell that arrives in pieces', () => {
  expect(cells('1,"first\n', 'second"\n2,x\n')).toEqual([
    ['1', 'first\nsecond'],
    ['2', 'x'],
  ]);
});

test('takes a quote in the middle of an unquoted cell as text', () => {
  expect(cells('5" pipe,x\n')).toEqual([['5" pipe', 'x']]);
});

test('skips blank lines but counts them', () => {
  expect(scan('a\n\nb\n')).toEqual([
    { line: 1, cells: ['a'] },
    { line: 3, cells: ['b'] },
  ]);
});

test('loses one line to text after a closing quote, and names it', () => {
  const records = scan('1,2\n3,"x"y\n5,6\n');
  expect(records.map((record) => record.line)).toEqual([1, 2, 3]);
  expect(records[1]).toMatchObject({ broken: { code: 'broken_quote', raw: Buffer.from('3,"x"y') } });
  expect(records[2]).toEqual({ line: 3, cells: ['5', '6'] });
});

test('loses one line to a quote that is never closed, not the rest of the file', () => {
  expect(cells('1,2\n3,"x\n5,6\n7,8\n')).toEqual([['1', '2'], 'broken_quote', ['5', '6'], ['7', '8']]);
});

test('goes on after a line too long to be kept', () => {
  const scanner = new CsvScanner(',', '"');
  const records = [
    ...scanner.push('1,2\n'),
    ...scanner.oversize(Buffer.from('head'), 50_000_000),
    ...scanner.push('3,4\n'),
    ...scanner.end(),
  ];
  expect(records).toMatchObject([
    { line: 1, cells: ['1', '2'] },
    { line: 2, broken: { code: 'line_too_long', reason: 'The line has 50000000 bytes; is a line break or a quote missing?' } },
    { line: 3, cells: ['3', '4'] },
  ]);
});

test('refuses a cell of more than a megabyte', () => {
  expect(cells(`1,${'x'.repeat(2 ** 20 + 1)}\n2,y\n`)).toEqual(['cell_too_long', ['2', 'y']]);
});

test('agrees with an independent parser on every well-formed table, however it is cut', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', ',', '"', '\n', ' ', '5'), maxLength: 6 });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(table, fc.nat({ max: 30 }), (rows, cut) => {
      const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\n') + '\n';
      const expected: unknown = parse(text, { relax_column_count: true });
      const lineEnd = text.indexOf('\n', cut) + 1;
      expect(cells(text.slice(0, lineEnd), text.slice(lineEnd))).toEqual(expected);
    }),
  );
});

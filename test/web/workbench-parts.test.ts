import { expect, test } from 'vitest';
import type { QueryColumn } from '#server/api.js';
import { cellText, clockSeconds, sorted, tabSeparated } from '../../web/src/lib/workbench/cells.js';
import { formulaStarts as startsInFiles } from '#server/exports/formula-starts.js';
import { formulaStarts } from '../../web/src/lib/plain-cells.js';
import { faultRange, placeOf } from '../../web/src/lib/workbench/fault.js';
import { entered, fitted, linked, parametersIn, requestOf } from '../../web/src/lib/workbench/parameters.js';

const name: QueryColumn = { name: 'team', type: 'text', kind: 'text' };
const size: QueryColumn = { name: 'n', type: 'bigint', kind: 'integer' };

test('numbers that come as texts are sorted by size, and what is missing stands last either way', () => {
  const rows = [['9'], [null], ['10'], ['9007199254740993']];
  expect(sorted(rows, 0, size, false)).toEqual([0, 2, 3, 1]);
  expect(sorted(rows, 0, size, true)).toEqual([3, 2, 0, 1]);
  expect(sorted([['9'], ['10']], 0, name, false)).toEqual([1, 0]);
});

test('one cell is copied as it is, several so that a spreadsheet runs none of them', () => {
  expect(tabSeparated([['=1+1']], [name], false)).toBe('=1+1');
  expect(tabSeparated([['=1+1', -5]], [name, size], false)).toBe("'=1+1\t-5");
  expect(tabSeparated([['two\nlines', null]], [name, size], true)).toBe('team\tn\ntwo lines\t');
});

test('the clipboard is guarded against the formulas that files are guarded against', () => {
  expect(formulaStarts).toEqual(startsInFiles);
});

test('a cell is shown as it came; none is called null', () => {
  expect([cellText(null), cellText(false), cellText('0.10')]).toEqual(['null', 'false', '0.10']);
});

test('days and instants become seconds of the clock they show', () => {
  expect(clockSeconds('1970-01-02')).toBe(86_400);
  expect(clockSeconds('1970-01-02T00:00:30.5Z')).toBe(86_430);
  expect(clockSeconds('Monday')).toBeNull();
});

test('a fault is underlined at its word, also behind signs that are two units long', () => {
  expect(faultRange('select nme from item', 8)).toEqual({ from: 7, to: 10 });
  expect(faultRange("select '😀', nme", 13)).toEqual({ from: 13, to: 16 });
  expect(faultRange('select', 7)).toEqual({ from: 5, to: 6 });
  expect(faultRange('select', null)).toBeNull();
  expect(placeOf('select\n  nme', 10)).toEqual({ line: 2, character: 3 });
});

test('parameters are counted outside of texts, names and comments', () => {
  expect(parametersIn('select $1::text, $3')).toBe(3);
  expect(parametersIn(`select '$1', "$2", $$ $3 $$ -- $4\n/* $5 */`)).toBe(0);
  expect(parametersIn('')).toBe(0);
});

test('what was entered stays when a parameter is added, and a link carries values by name', () => {
  const [team] = entered([{ name: 'team', type: 'text', default: 'Billing' }], new URLSearchParams('p.team=Network'));
  expect(team).toEqual({ name: 'team', type: 'text', value: 'Network', isNull: false });
  const both = fitted(team ? [team] : [], 2);
  expect(both.map(({ name, value }) => [name, value])).toEqual([
    ['team', 'Network'],
    ['p2', ''],
  ]);
  expect(linked('7', both).toString()).toBe('query=7&p.team=Network&p.p2=');
});

test('a query is sent without the semicolon at its end, its values in order', () => {
  const parameters = [{ name: 'since', type: 'date' as const, value: '2026-03-01', isNull: false }];
  expect(requestOf('select $1;\n', parameters)).toEqual({ text: 'select $1', parameters: [{ type: 'date', value: '2026-03-01' }] });
  expect(requestOf('select 1', [])).toEqual({ text: 'select 1' });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../support/import-directions.js';

const rows = readFileSync(join(repositoryRoot, 'SECURITY.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, number, , state, by] = /^\| (\d+\.\d+\.\d+) +\| (.*?) +\| (\S+) +\| (.*?) +\|$/.exec(line) ?? [];
    return number === undefined ? [] : [{ number, state: state ?? '', by: by ?? '' }];
  });

/** How many requirements of levels 1 and 2 each chapter of ASVS 5.0 has. */
const chapters = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7];

test('the table has every requirement of levels 1 and 2 once', () => {
  expect(new Set(rows.map(({ number }) => number)).size).toBe(rows.length);
  expect(chapters.map((_, n) => rows.filter(({ number }) => number.startsWith(`${n + 1}.`)).length)).toEqual(chapters);
});

test('every row has a state, and every test it names is there', () => {
  const count = (state: string) => rows.filter((row) => row.state === state).length;
  console.log(
    `ASVS 5.0 level 2: rows=${rows.length} met=${count('met')} partly=${count('partly')} not=${count('not')} n/a=${count('n/a')}`,
  );
  expect(rows.filter(({ state }) => !['met', 'partly', 'not', 'n/a'].includes(state))).toEqual([]);
  const named = rows.flatMap(({ by }) => by.match(/test\/[\w./-]+/g) ?? []);
  expect(named.filter((path) => !existsSync(join(repositoryRoot, path)))).toEqual([]);
});

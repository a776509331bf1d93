import type pg from 'pg';
import { expect, test } from 'vitest';
import type { SourceAccess } from '#server/connections/source-access.js';
import { SyncKeeper } from '#server/connections/sync-keeper.js';

test('of many syncs begun by hand five go on at once, the others when one of them ends, and each is said to run', async () => {
  const asked: string[] = [];
  const ends: (() => void)[] = [];
  const pool = {
    query: (_sql: string, [name]: [string]) => {
      asked.push(name);
      return new Promise((_, reject) => ends.push(() => reject(new Error('The database is gone.'))));
    },
  } as unknown as pg.Pool;
  const keeper = new SyncKeeper(pool, {} as SourceAccess);
  const names = Array.from({ length: 20 }, (_, number) => `tool ${number}`);
  for (const name of names) keeper.begin(name);
  expect(asked).toEqual(names.slice(0, 5));
  expect(names.every((name) => keeper.of(name) !== null)).toBe(true);
  ends[0]?.();
  await keeper.ended('tool 0');
  expect(asked).toEqual(names.slice(0, 6));
  expect(keeper.of('tool 0')).toBeNull();
});

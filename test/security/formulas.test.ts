import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeDirectory, temporaryDirectory } from '../support/built-server.js';
import { testDatabase } from '../support/database.js';
import { formulas, isFormula } from './corpus/formulas.js';
import { loadHostileCompany } from './hostile-company.js';
import { wholeServer, type WholeServer } from './whole-server.js';

const isEvery = process.env['THROUGHLINE_SECURITY'] === 'every';
const texts = isEvery ? formulas : formulas.filter((_, n) => n % 10 === 0);
const database = await testDatabase();
let server: WholeServer;
let directory: string;
let cells = 0;

beforeAll(async () => {
  directory = await temporaryDirectory();
  await loadHostileCompany(database.pool, directory, texts, 'formulas');
  server = await wholeServer(database);
});
afterAll(async () => {
  console.log(`formulas: texts=${texts.length} text cells looked at=${cells}`);
  await removeDirectory(directory);
});

async function get(url: string): Promise<Buffer> {
  const answer = await server.app.inject({ method: 'GET', url, headers: { host: '127.0.0.1' } });
  expect([url, answer.statusCode]).toEqual([url, 200]);
  return answer.rawPayload;
}

test.each([
  ['/api/exports/item?format=csv', 'service'],
  ['/api/exports/event?format=csv', 'team'],
  ['/api/metrics/lead-time/items/download?format=csv&grain=all&bucket=all&from=2026-03-02&to=2026-07-01', 'title'],
  ['/api/watch/download?format=csv', 'title'],
  ['/api/boards/handoff/charts/returns.csv?from=2026-03-02&to=2026-06-01&by=team', 'segment'],
])('no cell of %s is a formula', async (url, column) => {
  const rows = parse<Record<string, string>>(await get(url), {
    columns: true,
    relax_column_count: true,
    skip_records_with_error: false,
    comment: undefined,
  });
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.some((row) => (row[column] ?? '').startsWith(`'`))).toBe(true);
  const run = rows.flatMap((row) =>
    Object.entries(row).filter(([, cell]) => {
      cells += 1;
      return isFormula(cell) && !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(cell);
    }),
  );
  expect(run.slice(0, 5)).toEqual([]);
});

test('a sheet of XLSX holds texts as texts, never as formulas', async () => {
  const sheet = Object.entries(unzipSync(await get('/api/exports/item?format=xlsx'))).find(([name]) => name.startsWith('xl/worksheets/'));
  const text = new TextDecoder().decode(sheet?.[1]);
  expect(text).toMatch(/<row/);
  expect(text).not.toMatch(/<f[ >]/);
});

import { expect, test } from 'vitest';
import { sampleDatabase } from '../../support/sample-company.js';
import { bothEngines, only } from './support/measured.js';

const { pool } = await sampleDatabase();
const { ask } = await bothEngines(pool);

test('the backtest of the sample company says that the base rate does better, and by how much', async () => {
  const { n, values } = only(await ask({ metric: 'calibration', from: '2025-09-01', to: '2026-11-16' }));
  expect(n).toBe(3_910);
  expect(values?.brier).toBeCloseTo(0.275, 3);
  expect(values?.skill).toBeCloseTo(-0.182, 3);
  expect(values?.meanForecast).toBeCloseTo(0.481, 3);
  expect(values?.observed).toBeCloseTo(0.368, 3);
});

test('it fails where a date is promised near the end only: the age of a deal does not tell that', async () => {
  const { rows } = await ask({ metric: 'calibration', from: '2025-09-01', to: '2026-11-16', by: 'connection' });
  const skills = Object.fromEntries(rows.map((row) => [row.by, Number(row.values?.skill?.toFixed(3))]));
  expect(skills).toEqual({ 'Sample CRM': -2.813, 'Sample helpdesk': 0.008, 'Sample projects': -0.057 });
});

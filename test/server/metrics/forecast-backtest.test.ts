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

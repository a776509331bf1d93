import { describe, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { mappingSchema } from '#etl/connectors/csv/payload.js';
import { readMapping } from '#etl/files/mapping-file.js';
import { syncConnection } from '#etl/sync.js';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { mappingPath, sharedFile } from '../../etl/shared-data.js';
import { testDatabase } from '../../support/database.js';
import { sampleDatabase } from '../../support/sample-company.js';
import { bothEngines, only } from './support/measured.js';

describe('the sample company', async () => {
  const { pool } = await sampleDatabase();
  const { ask } = await bothEngines(pool);
  const fifteenMonths = { metric: 'calibration', from: '2025-09-01', to: '2026-11-16' } as const;

  test('is forecast better than by its base rate', async () => {
    const { n, values } = only(await ask(fifteenMonths));
    expect(n).toBe(3_911);
    expect(values?.brier).toBeCloseTo(0.205, 3);
    expect(values?.skill).toBeCloseTo(0.118, 3);
    expect(values?.meanForecast).toBeCloseTo(0.343, 3);
    expect(values?.observed).toBeCloseTo(0.368, 3);
  });

  test('is forecast no better where nothing but chance decides: a deal is always with Sales', async () => {
    const { rows } = await ask({ ...fifteenMonths, by: 'connection' });
    const skills = Object.fromEntries(rows.map((row) => [row.by, Number(row.values?.skill?.toFixed(3))]));
    expect(skills).toEqual({ 'Sample CRM': -0.019, 'Sample helpdesk': 0.132, 'Sample projects': 0.063 });
  });
});

const permits = sharedFile('receipt-wabo/receipt.csv');
describe.skipIf(permits.isAbsent)(`permit applications, their date given once${permits.why}`, async () => {
  const { pool } = await testDatabase();
  if (!permits.isAbsent) {
    const mapping = await readMapping(mappingPath('receipt-wabo.yaml'), mappingSchema);
    await addConnection(pool, { name: 'permits', connector: 'csv', config: { file: permits.path, mapping } });
    await syncConnection(pool, 'permits');
    await deriveFacts(pool);
  }
  const { ask } = await bothEngines(pool);
  const whole = { from: '2010-01-01', to: '2013-01-01' } as const;

  test('have a little skill, and no forecast before the first dates had passed', async () => {
    const { n, values, note } = only(await ask({ ...whole, metric: 'calibration' }));
    expect([n, note]).toEqual([940, 'excluded:191']);
    expect(values?.brier).toBeCloseTo(0.223, 3);
    expect(values?.skill).toBeCloseTo(0.039, 3);
    expect(values?.meanForecast).toBeCloseTo(0.348, 3);
    expect(values?.observed).toBeCloseTo(0.367, 3);
  });

  // Counted from the file by a script of its own: deadlines before 2012-01-23T14:42:54Z, the two with a clock anomaly left out.
  test('923 of 1,339 promises were kept; the late ones took a median of 17.5 days more', async () => {
    expect(only(await ask({ ...whole, metric: 'promises-kept' }))).toMatchObject({ n: 1_339, numerator: 923, note: 'excluded:1' });
    const { n, values } = only(await ask({ ...whole, metric: 'tardiness' }));
    expect(n).toBe(1_339);
    expect(values?.mean).toBeCloseTo(1_063_434.7, 1);
    expect(values?.lateP50).toBeCloseTo(1_512_167, 0);
    expect(values?.lateP85).toBeCloseTo(8_241_713, 0);
  });

  test('of 105 open ones 39 are late already', async () => {
    const { n, values } = only(await ask({ ...whole, metric: 'p-late' }));
    expect(n).toBe(105);
    expect(values?.alreadyLate).toBe(39);
    expect(values?.expectedLate).toBeCloseTo(65.5, 1);
  });

  test.each(['slip', 'slip-moves', 'slip-after-due', 'goalpost-gap'])('say nothing of moved dates: %s is absent, not 0', async (metric) => {
    const { rows, absent } = await ask({ ...whole, metric });
    expect(rows).toEqual([]);
    expect(absent).toMatchObject([{ connection: 'permits', signal: 'due-history' }]);
  });
});

import { expect, test } from 'vitest';
import { runBattery } from '#server/workbench/battery.js';
import { allProbes } from '#server/workbench/probes.js';
import { testDatabase } from '../../support/database.js';
import { loadSmallCompany } from '../exports/small-company.js';
import { analysts } from './analysts.js';

const database = await testDatabase();
await loadSmallCompany(database.pool);
const [all, scoped] = await analysts(database, [null, { team: ['Desk'] }]);

test('no attack comes through, and what is harmless is answered', async () => {
  for (const login of [all, scoped]) {
    if (!login) throw new Error('There is no login.');
    const { tried, milliseconds, unexpected } = await runBattery(login.address, login.serverNumber);
    process.stdout.write(
      `probes on PostgreSQL ${login.serverNumber}: ${tried} tried in ${milliseconds} ms, ${unexpected.length} unexpected\n`,
    );
    expect(unexpected).toEqual([]);
    expect(tried).toBe(allProbes.length);
  }
});

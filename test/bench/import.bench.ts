import { expect, test } from 'vitest';
import { mappingPath, sharedFile } from '../etl/shared-data.js';
import { testDatabase } from '../support/database.js';
import { benchImport, type ImportReport } from './import.js';

const log = sharedFile('servicenow-incidents/incident_event_log.csv.gz');

test.skipIf(log.isAbsent)(
  `the incident log is imported at 0.3 of the speed of a bare COPY or better${log.why}`,
  { timeout: 600_000 },
  async () => {
    const { pool } = await testDatabase();
    const lines: Parameters<ImportReport>[0][] = [];
    await benchImport(pool, log.path, mappingPath('servicenow-incidents.yaml'), (line) => {
      lines.push(line);
      const { name, value, unit, least } = line;
      process.stdout.write(
        `${name}: ${value.toFixed(unit === 'MB' ? 0 : 2)}${unit === 'ratio' ? '' : ` ${unit}`}${least === undefined ? '' : ` (at least ${least})`}\n`,
      );
    });
    expect(lines.filter(({ value, least }) => least !== undefined && value < least)).toEqual([]);
  },
);

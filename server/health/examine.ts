import type pg from 'pg';
import type { Config } from '../config.js';
import type { Check } from './check.js';
import { clockCheck, databaseChecks } from './checks/database.js';
import { exportsCheck } from './checks/exports.js';
import { factsChecks, type FactsSeen } from './checks/facts.js';
import { diskCheck, keyCheck, nodeCheck, signInCheck } from './checks/machine.js';
import { mailCheck } from './checks/mail.js';
import { rightsCheck } from './checks/rights.js';
import { connectionChecks, sourceClockChecks } from './checks/sources.js';
import { workbenchCheck } from './checks/workbench.js';
import { zoneCheck } from './checks/zones.js';
import type { Phrase } from './texts/index.js';
import type { ProgramRights } from '../database/least-rights.js';
import type { WorkbenchHealth } from '../workbench/workbench.js';

export interface Examined {
  pool: pg.Pool;
  config: Config;
  rights: ProgramRights;
  facts: () => Promise<FactsSeen>;
  workbench: WorkbenchHealth;
}

/** Whether requests can be answered: what `/readyz` looks at, every few seconds. */
export async function examineReadiness({ pool, config, facts, workbench }: Omit<Examined, 'rights'>): Promise<Check[]> {
  const database = await databaseChecks(pool, whereOf(config));
  const disk = await diskCheck(config.dataDirectory);
  if (database.some(({ state }) => state === 'failing')) return [...database, disk];
  return [...database, ...factsChecks(await facts(), new Date()), disk, workbenchCheck(workbench)];
}

/** Everything a person would look at. */
export async function examine(examined: Examined): Promise<Check[]> {
  const { pool, config, rights } = examined;
  const now = new Date();
  const readiness = await examineReadiness(examined);
  const machine = [await keyCheck(config, now), signInCheck(config), nodeCheck()];
  if (readiness.some(({ id, state }) => state === 'failing' && (id === 'database' || id === 'schema'))) return [...readiness, ...machine];
  return [
    ...readiness,
    rightsCheck(rights),
    await clockCheck(pool, Date.now),
    await zoneCheck(pool, now),
    await mailCheck(pool, config),
    await exportsCheck(pool),
    ...machine,
    ...(await connectionChecks(pool)),
    ...(await sourceClockChecks(pool)),
  ];
}

function whereOf({ databaseUrl, dataDirectory }: Config): string | Phrase {
  return databaseUrl === null ? { key: 'database.embedded', values: { directory: dataDirectory } } : 'DATABASE_URL';
}

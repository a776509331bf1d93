import type { Dimension } from '#dashboards/metric-result.js';
import { named, StatementParameters } from './compose.js';
import type { MetricEngine } from './engine.js';
import type { NamedKeys } from './named-keys.js';
import type { MetricRequest } from './request.js';

/** A group of customers may be all of them. */
const mostKeys = 100;

/**
 * Looks up what the filters name. A scan leaves out the rows of other keys that the statement spells out; of those it would have to look
 * up it cannot. The empty name, which also stands for none, is left to the statement.
 */
export async function findKeys(engine: MetricEngine, filters: MetricRequest['filters']): Promise<NamedKeys> {
  const parameters = new StatementParameters();
  const asked = Object.entries(named).flatMap(([dimension, { by, in: relation, as }]) => {
    const wanted = filters?.[dimension as Dimension] ?? [];
    if (wanted.length === 0 || wanted.includes('')) return [];
    const names = wanted.map((name) => parameters.add(name)).join(', ');
    return [
      {
        dimension,
        sql: `select '${dimension}' as dimension, ${by}::text as key from (select ${by} from ${relation} where ${as} in (${names}) limit ${mostKeys + 1}) k`,
      },
    ];
  });
  if (asked.length === 0) return {};
  const rows = await engine.query(asked.map(({ sql }) => sql).join('\nunion all\n'), parameters.values);
  const found = asked.map(
    ({ dimension }) => [dimension, rows.filter((row) => row.dimension === dimension).map((row) => String(row.key))] as const,
  );
  return Object.fromEntries(found.filter(([, keys]) => keys.length <= mostKeys));
}

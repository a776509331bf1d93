import type { MetricStatement } from '../api.js';
import type { EngineRow, MetricEngine } from './engine.js';
import { separator } from './buckets.sql.js';
import { queryMetric } from './query.js';
import type { MetricRequest } from './request.js';

/** A statement with the rows it gave. */
export interface RanStatement extends MetricStatement {
  rows: EngineRow[];
}

/**
 * The very statements that answer a request, in the order they ran. Those without parameters only look up what the others are given, so
 * they are left out. Throws `MetricError` for a request that names something unknown.
 */
export async function metricStatements(engine: MetricEngine, request: MetricRequest): Promise<RanStatement[]> {
  const ran: RanStatement[] = [];
  const listening: MetricEngine = {
    ...engine,
    async query(sql, parameters = []) {
      const rows = await engine.query(sql, parameters);
      if (parameters.length > 0) ran.push({ sql, parameters: [...parameters], script: script(sql, parameters), rows });
      return rows;
    },
  };
  await queryMetric(listening, request);
  return ran;
}

/** For psql: the statement prepared, and run with its parameters. */
function script(sql: string, parameters: readonly string[]): string {
  return `prepare metric as\n${sql};\n\nexecute metric(\n${parameters.map((value) => `  ${literal(value)}`).join(',\n')}\n);\n\ndeallocate metric;`;
}

/** The control character that parts lists is written so that it survives being copied. */
function literal(value: string): string {
  const escaped = value.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll(separator, '\\x1f');
  return escaped === value ? `'${value}'` : `E'${escaped}'`;
}

import type { EngineRow, MetricEngine } from '../engine.js';
import { placedUnits, StatementParameters } from '../compose.js';
import type { Counted, Prepared, Scope } from '../metric.js';
import type { MetricRequest } from '../request.js';

/** What is counted in two windows: the buckets of the scope, the one before first. */
export interface TwoWindows {
  compute: Counted;
  request: MetricRequest;
  scope: Scope & { prepared?: Prepared };
}

/** Something of each window. */
export interface OfWindows<Value> {
  before: Value;
  after: Value;
}

/**
 * Runs a statement over `placed` and parts its rows by the window. `rest`: what follows the common part, with columns bucket and segment.
 */
export async function queryWindows(
  engine: MetricEngine,
  { compute, request, scope }: TwoWindows,
  rest: (parameters: StatementParameters) => string,
): Promise<OfWindows<EngineRow[]>> {
  const parameters = new StatementParameters();
  const placed = placedUnits(compute, request, scope, parameters);
  const rows = await engine.query(`${placed},\n${rest(parameters)}\norder by bucket, segment`, parameters.values);
  return { before: rows.filter((row) => row.bucket === 0), after: rows.filter((row) => row.bucket === 1) };
}

export function ofWindows<From, To>({ before, after }: OfWindows<From>, map: (value: From) => To): OfWindows<To> {
  return { before: map(before), after: map(after) };
}

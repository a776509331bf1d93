import { placedUnits, StatementParameters, unitOptions } from './compose.js';
import type { EngineRow, MetricEngine } from './engine.js';
import { findKeys } from './find-keys.js';
import { number } from './measures/notes.js';
import type { Counted, Figures } from './metric.js';
import type { MetricRequest } from './request.js';
import type { Source } from './source.js';
import { heldWeeks } from './weeks.js';
import { windowBuckets } from './window.js';

/** The figures of each request, by the number of its bucket; requests differ in their windows alone and are counted in one statement. */
export type CountFigures = (engine: MetricEngine, requests: readonly MetricRequest[]) => Promise<Figures[][]>;

export function countFigures(compute: Counted, sources: readonly Source[]): CountFigures {
  return async (engine, requests) => {
    const [request] = requests;
    if (!request) return [];
    const windows = requests.map((one) => windowBuckets(one));
    const parameters = new StatementParameters();
    const { filters, zone } = request;
    // Buckets of all windows lie one after the other.
    const scope = { sources, buckets: windows.flat(), zone, filters, keys: await findKeys(engine, filters) };
    const prepared = await compute.prepare?.(engine, scope);
    const weeks = await heldWeeks(engine, compute, request, scope);
    const sql = `${placedUnits(compute, request, { ...scope, weeks, ...(prepared && { prepared }) }, parameters)},
${compute.measure.sql(parameters)}
order by bucket, segment`;
    const rows = (await engine.query(sql, parameters.values)).map(figuresIn);
    return windows.map((window, index) => {
      const first = windows.slice(0, index).reduce((sum, { length }) => sum + length, 0);
      return rows.flatMap((row) => {
        const bucket = number(row, 'bucket') - first;
        return bucket >= 0 && bucket < window.length ? [{ ...row, bucket }] : [];
      });
    });
  };
}

/** Whether the units are of segments of their own, such as pairs of teams. */
export function hasOwnSegments(compute: Counted, request: MetricRequest): boolean {
  return compute.units(unitOptions(request)).segment !== undefined;
}

function figuresIn(row: EngineRow): Figures {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'boolean' ? Number(value) : value]));
}

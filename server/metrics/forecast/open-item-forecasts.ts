import type { MetricEngine } from '../engine.js';
import type { MetricRequest } from '../request.js';
import { findSources } from '../source.js';
import { windowBuckets } from '../window.js';
import { openForecaster, type Forecast } from './forecaster.js';
import { openPromises, type OpenPromise } from './open-promises.js';

/** An open item with how likely its date is missed. */
export interface OpenItemForecast extends Pick<OpenPromise, 'itemId'> {
  /** Seconds since creation, and until the date in force; negative once it has passed. */
  age: number;
  left: number;
  /** Null where too few items are like it. */
  forecast: Forecast | null;
  /** Seconds after its date by which half of such items are finished; 0 where that is before it, null where history does not tell. */
  expectedOverrun: number | null;
}

/** Open items with a promise at the end of the window or of the data, the likeliest to be late first. */
export async function openItemForecasts(
  engine: MetricEngine,
  request: Pick<MetricRequest, 'from' | 'to' | 'zone'> & { connections?: readonly string[] },
): Promise<OpenItemForecast[]> {
  const { sources } = await findSources(engine, ['finish', 'due', 'first-due'], request.connections);
  if (sources.length === 0) return [];
  const forecaster = await openForecaster(engine);
  const open = await openPromises(engine, sources, windowBuckets({ ...request, grain: 'all' }));
  return open
    .map(({ itemId, at, asked }) => {
      const { age, left } = asked;
      const forecast = forecaster.knowing(at)(asked);
      const medianAge = forecast?.medianAge ?? null;
      return { itemId, age, left, forecast, expectedOverrun: medianAge === null ? null : Math.max(0, medianAge - (age + left)) };
    })
    .sort(
      (one, other) => (other.forecast?.p ?? -1) - (one.forecast?.p ?? -1) || one.left - other.left || (one.itemId < other.itemId ? -1 : 1),
    );
}

import type { Dimension } from '#dashboards/metric-result.js';
import { unitOptions } from './compose.js';
import { countFigures } from './count-figures.js';
import type { MetricEngine } from './engine.js';
import { countedMetric, passesOf } from './passes.js';
import type { MetricRequest } from './request.js';
import { findSources } from './source.js';
import { prepareSums } from './sums.js';

/** `rows`: of metrics that count rows of facts as they are; `others`: of those that cut time or read what is prepared. */
export type PreparedPart = 'rows' | 'others';

/**
 * Has an engine that can hold rows count, before anybody filters by a dimension, what each of its names adds to the answers to requests;
 * of metrics that can be added up.
 */
export async function prepareFilters(
  engine: MetricEngine,
  requests: readonly MetricRequest[],
  name: Dimension,
  part: PreparedPart,
): Promise<void> {
  for (const pass of passesOf(requests)) {
    const [first] = pass;
    if (!first) continue;
    const { metric, compute } = countedMetric(first);
    const isOfRows = compute.prepare === undefined && compute.units(unitOptions(first)).per === 'row';
    if (isOfRows !== (part === 'rows')) continue;
    const { sources } = await findSources(engine, metric.needs, first.filters?.connection, first.asOf);
    if (sources.length > 0) await prepareSums(engine, { compute, sources, name }, pass, countFigures(compute, sources));
  }
}

import type { Dimension } from '#dashboards/metric-result.js';

/** The keys of what the filters name, by dimension; none for a dimension with more of them than a statement should spell out. */
export type NamedKeys = Partial<Record<Dimension, readonly string[]>>;

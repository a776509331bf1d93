import type { MetricEngine } from '../metrics/engine.js';
import { traced } from './trace.js';

/** The same engine; each question is a span, without its text or values. */
export function tracedEngine(engine: MetricEngine): MetricEngine {
  const hold = engine.hold?.bind(engine);
  return {
    name: engine.name,
    query: (sql, parameters) => traced('query', { 'db.system.name': engine.name }, () => engine.query(sql, parameters)),
    ...(hold && { hold }),
    refresh: () => traced('engine.refresh', {}, () => engine.refresh()),
    version: () => engine.version(),
    close: () => engine.close(),
  };
}

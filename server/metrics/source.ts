import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { NotMeasurable } from '#dashboards/metric-result.js';
import { signals, type Capabilities, type Signal } from '#etl/connector.js';
import type { MetricEngine } from './engine.js';
import type { MetricRequest } from './request.js';

/** A connection whose history can support the metric. */
export interface Source {
  connectionId: string;
  name: string;
  /** The data's own time, whole seconds: nothing later counts. */
  asOfAt: string;
  /** Nothing earlier can be trusted; `-infinity` where everything can. */
  sinceAt: string;
  /** The signals whose history begins only then. */
  sinceSignals: Signal[];
}

/** The capability record as stored; a signal that is not mentioned is not delivered. */
const storedCapabilities = z.partialRecord(
  z.enum(signals),
  z.object({
    fidelity: z.enum(['full', 'new-value-only', 'snapshot-diff', 'none']),
    reason: z.string().optional(),
    from: z.string().optional(),
  }),
);

/**
 * Connections that can support the metric, and those that cannot with the reason. Sorted by name. `known`: as they were known at that
 * instant, each at its own where several are given.
 */
export async function findSources(
  engine: MetricEngine,
  needs: readonly Signal[],
  names: readonly string[] | undefined,
  known?: MetricRequest['asOf'],
): Promise<{ sources: Source[]; absent: NotMeasurable[] }> {
  const connections = await (engine.queryNames ?? engine.query)(
    'select connection_id, name, as_of_at, capabilities from measured.connection order by name, connection_id',
  );
  const sources: Source[] = [];
  const absent: NotMeasurable[] = [];
  for (const row of connections) {
    const name = String(row.name);
    if (names && !names.includes(name)) continue;
    const capabilities: Partial<Capabilities> = storedCapabilities.parse(JSON.parse(String(row.capabilities)));
    const missing = needs.filter((signal) => (capabilities[signal]?.fidelity ?? 'none') === 'none');
    for (const signal of missing) {
      absent.push({ connection: name, signal, reason: capabilities[signal]?.reason ?? `The source does not deliver "${signal}".` });
    }
    const asOfMs =
      row.as_of_at === null
        ? null
        : knownUntil(Date.parse(String(row.as_of_at)), typeof known === 'object' ? known[name] : (known ?? 'infinity'));
    if (asOfMs === null) {
      absent.push({ connection: name, signal: 'sync', reason: 'No sync of this connection is complete yet.' });
    } else if (missing.length === 0) {
      const asOfAt = new Date(Math.floor(asOfMs / 1_000) * 1_000).toISOString();
      sources.push({
        connectionId: String(row.connection_id),
        name,
        asOfAt,
        sinceAt: latest(needs.map((signal) => capabilities[signal]?.from)),
        sinceSignals: needs.filter((signal) => capabilities[signal]?.from !== undefined),
      });
    }
  }
  return { sources, absent };
}

/** What cannot be measured in a window because the history of a source begins within it or after. */
export function beginsLater(sources: readonly Source[], { from, zone }: Pick<MetricRequest, 'from' | 'zone'>): NotMeasurable[] {
  return sources.flatMap(({ name, sinceAt, sinceSignals }) => {
    const [signal] = sinceSignals;
    if (signal === undefined) return [];
    const since = Temporal.Instant.from(sinceAt);
    if (Temporal.Instant.compare(since, Temporal.PlainDate.from(from).toZonedDateTime(zone).toInstant()) <= 0) return [];
    const day = since.toZonedDateTimeISO(zone).toPlainDate().toString();
    const reason = `Not measurable before ${day}: what the source tells of ${sinceSignals.map((one) => `"${one}"`).join(', ')} begins then.`;
    return [{ connection: name, signal, reason }];
  });
}

/** Null where nothing was known yet. */
function knownUntil(asOfMs: number, known: string | undefined): number | null {
  if (known === undefined) return null;
  return known === 'infinity' ? asOfMs : Math.min(asOfMs, Date.parse(known));
}

/** The data's own time of an answer: the latest of its sources'. */
export function asOf(sources: readonly Source[]): string | null {
  return sources.map((source) => source.asOfAt).reduce<string | null>((last, at) => (last === null || at > last ? at : last), null);
}

function latest(instants: (string | undefined)[]): string {
  const known = instants.filter((at) => at !== undefined).map((at) => Date.parse(at));
  return known.length === 0 ? '-infinity' : new Date(Math.ceil(Math.max(...known) / 1_000) * 1_000).toISOString();
}

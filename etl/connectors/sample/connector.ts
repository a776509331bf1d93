import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Capabilities, Connector, Cursor, Discovery, Page } from '../../connector.js';
import { signals } from '../../connector.js';
import { companyCalendars } from './calendars.js';
import { answerPage, forgetCompany, pageSize } from './client.js';
import { connectionNames, statuses, tools, updateIntervals } from './company.js';
import { mapSample } from './map.js';
import { timelineUntil } from './timeline.js';

const configSchema = z.object({
  tool: z.enum(tools),
  /** The same seed and end give the same company. */
  seed: z.string().min(1),
  /** Local date in Berlin at whose start the history ends; a Monday, so that the last week is whole. */
  until: z.iso.date().refine((date) => Temporal.PlainDate.from(date).dayOfWeek === 1, 'must be a Monday, such as 2026-11-16'),
});
export type SampleConfig = z.infer<typeof configSchema>;

const cursorState = z.object({ seed: z.string(), until: z.string(), offset: z.int().nonnegative() });

/** The three connections of the sample company whose history ends at `until`, a Monday. */
export function sampleConnections(until: string): { name: string; config: SampleConfig }[] {
  return tools.map((tool) => ({ name: connectionNames[tool], config: { tool, seed: 'meridian', until } }));
}

/**
 * A made-up service company whose history a seeded simulation writes: read like any other tool, so
 * that everything can be shown from the first minute.
 */
export const sampleConnector: Connector<SampleConfig> = {
  id: 'sample',
  mapVersion: 1,
  configSchema,
  secretNames: [],

  async check(config) {
    const { total } = answerPage(config, 'items', 0);
    return { ok: true, findings: [`The sample ${config.tool} has ${total} items until ${config.until}.`] };
  },

  async discover(config): Promise<Discovery> {
    const { from, to } = timelineUntil(config.until).days;
    return {
      streams: ['teams', 'customers', 'items'].map((name) => ({ name, order: 'asc', grain: 'id' })),
      capabilities: {
        ...(Object.fromEntries(signals.map((signal) => [signal, { fidelity: 'full' }])) as Capabilities),
        ...(config.tool === 'crm' && { rating: { fidelity: 'none', reason: 'Nobody rates a deal.' } }),
      },
      settings: {
        timeZone: 'Europe/Berlin',
        defaultCalendar: 'berlin-office',
        updateIntervalSeconds: updateIntervals[config.tool],
        statuses: statuses[config.tool],
      },
      calendars: companyCalendars(Array.from({ length: to.year - from.year + 1 }, (_, index) => from.year + index)),
    };
  },

  async *read(config, stream, from, context): AsyncIterable<Page> {
    for (let offset = offsetIn(config, from); ; offset += pageSize) {
      context.signal.throwIfAborted();
      const { records, total, now } = answerPage(config, stream, offset);
      const read = offset + records.length;
      const done = read >= total;
      if (done && stream === 'items' && config.tool === tools.at(-1)) forgetCompany();
      yield {
        records: records.map((payload) => ({ externalId: payload.key, payload, op: 'upsert' })),
        next: { v: 1, state: { seed: config.seed, until: config.until, offset: read } },
        done,
        sourceNow: now,
        progress: { done: read, total, unit: 'records' },
      };
      if (done) return;
    }
  },

  dependsOn: ({ tool, seed, until }) => ({ identity: { tool, seed, until }, mapping: null }),
  map: (_config, stream, record) => mapSample(stream, record),
};

/** Another seed or end is another company: it is read from the start. */
function offsetIn({ seed, until }: SampleConfig, from: Cursor | null): number {
  const state = cursorState.safeParse(from?.state);
  return state.success && state.data.seed === seed && state.data.until === until ? state.data.offset : 0;
}

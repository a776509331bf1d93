import type { Pool } from 'pg';
import { addConnection } from '#etl/connections.js';
import type { Context } from '#etl/connector.js';
import { createTransport } from '#etl/http/transport.js';
import { connectionId } from '#etl/model/ids.js';
import { syncConnection, type SyncOptions, type SyncOutcome } from '#etl/sync.js';
import { makeHistory, type HistoryOptions, type ScriptedItem } from '../../support/scripted-source/history.js';
import { serveTool, type ScriptedServer } from '../../support/scripted-source/server.js';
import { ScriptedSource } from '../../support/scripted-source/source.js';
import { storedStory, trueStory, type Naming } from '../../support/scripted-source/truth.js';
import { emptyModel } from '../core-hash.js';
import { virtualNetwork, type VirtualNetwork } from '../http/local-server.js';
import type { Harness } from './harness.js';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Where every scripted history begins and when the tool is first read. */
const historyStart = '2026-01-05T08:00:00.000Z';
const readAt = '2026-02-01T00:00:00.000Z';
const pageSize = 7;
/** One connection to one fake tool, ready to be synced. */
export interface Bench {
  source: ScriptedSource;
  server: ScriptedServer;
  network: VirtualNetwork;
  connect(): Promise<void>;
  sync(options?: SyncOptions): Promise<SyncOutcome>;
  /** What is stored, and what is true of what the source shows; both as lines. */
  stored(): Promise<string[]>;
  truth(history?: readonly ScriptedItem[]): string[];
  context(): Context;
  config: unknown;
  /** Real milliseconds after which an answer has stalled. A minute: a busy machine keeps a test from its own server for a while. */
  stallsAfter(ms: number): void;
}

/** How the model names what the tool numbers. */
export function namingOf(harness: Harness): Naming {
  return {
    fields: harness.fields,
    hasComments: harness.hasComments,
    item: harness.ids?.item ?? String,
    team: harness.ids?.team ?? String,
    person: harness.ids?.person ?? String,
    status: harness.ids?.status ?? String,
    dueDay: harness.dueDay ?? ((dueAt) => dueAt.toISOString().slice(0, 10)),
  };
}

/** A history that fits the harness. */
export function historyFor(harness: Harness, options: Partial<HistoryOptions> = {}): ScriptedItem[] {
  return makeHistory({
    seed: 1,
    items: 25,
    events: 6,
    fields: harness.fields,
    hasComments: harness.hasComments,
    start: historyStart,
    spanMs: 20 * day,
    grainMs: harness.grain === 'min' ? minute : 1_000,
    ...options,
  });
}

/** Sets up a connection to a fake, which `end` closes. Without a name the model is emptied first and the connection is called `tool`. */
export async function setUp(
  pool: Pool,
  harness: Harness,
  history: ScriptedItem[] = historyFor(harness),
  name?: string,
): Promise<Bench & { end(): Promise<void> }> {
  if (name === undefined) await emptyModel(pool);
  const source = new ScriptedSource(history, readAt);
  source.pageSize = pageSize;
  const [secret = null] = Object.values(harness.secrets);
  const server = await serveTool(harness.tool, () => source, secret);
  const limits = { connectMs: 60_000, headersMs: 60_000, bodyIdleMs: 60_000, bodyBytes: 64 * 1024 * 1024 };
  const transport = createTransport([server.host], limits);
  const virtual = virtualNetwork({ send: transport });
  const config = harness.config(server.address, pageSize);
  const connectors = { [harness.connector.id]: harness.connector };
  const options = {
    connectors,
    network: virtual,
    now: () => new Date(source.now),
    secret: async (name: string) => harness.secrets[name] ?? '',
  };
  const naming = namingOf(harness);
  const parsed = harness.connector.configSchema.parse(config);
  return {
    source,
    server,
    network: virtual,
    config: parsed,
    context: () => ({ signal: new AbortController().signal, now: options.now, secret: options.secret, network: virtual }),
    connect: async () => {
      const key = { id: 'test', bytes: Buffer.alloc(32, 7) };
      await addConnection(
        pool,
        { name: name ?? 'tool', connector: harness.connector.id, config, secrets: harness.secrets },
        { ...options, vault: async () => key },
      );
    },
    sync: (more = {}) => syncConnection(pool, name ?? 'tool', { ...options, census: 'never', ...more }),
    stored: () => storedStory(pool, naming, connectionId(name ?? 'tool')),
    truth: (told = history) => trueStory(told, naming),
    stallsAfter: (ms) => (limits.bodyIdleMs = ms),
    end: async () => {
      transport.close();
      await server.close();
    },
  };
}

import { z } from 'zod';
import type { Context, Cursor, Json, Page } from '../../connector.js';
import { keysetPages } from '../../incremental/keyset.js';
import { readRecentFirst } from '../../incremental/recent-first.js';
import type { WindowRules } from '../../incremental/window.js';
import { HubspotClient, pageSize, type FoundObject } from './client.js';
import { NameBook } from './names.js';
import type { HubspotConfig, Kind } from './payload.js';
import { ObjectReader } from './reader.js';

/** The search of HubSpot is late by seconds, at times by many minutes; associations come without moving their object. */
const rules: WindowRules = {
  grain: 'ms',
  overlapMs: 3_600_000,
  lagMs: 0,
  sweep: { everyMs: 86_400_000, depthMs: 86_400_000 },
};

const stateSchema = z.object({
  reading: z.object({ v: z.number(), state: z.json() }),
  /** What stages were called: where one is renamed all is read again, since records hold names. */
  stages: z.record(z.string(), z.string()),
});

export async function* readObjects(config: HubspotConfig, kind: Kind, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const client = new HubspotClient(config, context);
  const names = await NameBook.open(client);
  const reader = new ObjectReader(config, kind, client, names);
  const stages = Object.fromEntries(names.stages);
  const pages = readRecentFirst<FoundObject>(
    {
      rules,
      clock: async () => (await client.account()).at,
      changed: (bound, position) => changed(client, kind, bound, position),
      atOf: ({ modifiedAt }) => modifiedAt,
      recordsOf: async (rows) => {
        const { records, warnings } = await reader.recordsOf(rows.map(({ id }) => id));
        const times = new Map(rows.map(({ id, modifiedAt }) => [id, modifiedAt]));
        return { records: records.map((record) => ({ at: times.get(record.externalId) ?? '', record })), warnings };
      },
    },
    resumed(from, names.stages),
  );
  for await (const page of pages) yield { ...page, next: { v: 1, state: { reading: page.next, stages } as unknown as Json } };
}

/** HubSpot gives no more than 10,000 objects of one search, so each page begins at the time where the one before ended. */
function changed(client: HubspotClient, kind: Kind, from: string | null, position: Json) {
  return keysetPages<FoundObject>(
    {
      pageSize,
      idOf: ({ id }) => id,
      atOf: ({ modifiedAt }) => modifiedAt,
      fetch: async (bound, offset) => {
        const { found, hasMore, at } = await client.search(kind, bound, offset);
        return { rows: found, sourceNow: at, hasMore };
      },
    },
    from,
    position,
  );
}

function resumed(from: Cursor | null, stages: ReadonlyMap<string, string>): Cursor | null {
  if (from === null) return null;
  const state = stateSchema.parse(from.state);
  const isRenamed = [...stages].some(([id, name]) => (state.stages[id] ?? name) !== name);
  return isRenamed ? null : state.reading;
}

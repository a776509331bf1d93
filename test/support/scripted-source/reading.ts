import { onTestFinished } from 'vitest';
import type { Connector, Context, Cursor, Page, RawRecord } from '#etl/connector.js';
import { createNetwork } from '#etl/http/network.js';
import { makeHistory, type HistoryOptions } from './history.js';
import { serveTool, type Tool, type ToolRequest } from './server.js';
import { ScriptedSource } from './source.js';

/** A connector at a fake of its tool, and what it asks of it. */
export interface Reading<Config> {
  source: ScriptedSource;
  /** Pages from the cursor on, at most so many. */
  read(from: Cursor | null, most?: number): Promise<Page[]>;
  asked: ToolRequest[];
  config: Config;
  context: Context;
}

/** Begins reading a history of January 2026, on the first of February. The fake ends with the test. */
export async function readingOf<Config>(
  connector: Connector<Config>,
  stream: string,
  tool: Tool,
  history: Pick<HistoryOptions, 'items' | 'events' | 'fields' | 'hasComments'>,
  configAt: (address: string) => object,
): Promise<Reading<Config>> {
  const times = { start: '2026-01-05T08:00:00.000Z', spanMs: 86_400_000, grainMs: 1_000 };
  const source = new ScriptedSource(makeHistory({ seed: 2, ...history, ...times }), '2026-02-01T00:00:00.000Z');
  const asked: ToolRequest[] = [];
  const server = await serveTool(
    (request, now) => (asked.push(request), tool(request, now)),
    () => source,
    null,
  );
  onTestFinished(server.close);
  const context: Context = {
    signal: new AbortController().signal,
    now: () => new Date(source.now),
    secret: async () => 'a-token-of-a-test',
    network: createNetwork({ allowed: [server.host] }),
  };
  const config = connector.configSchema.parse(configAt(server.address));
  const read = async (from: Cursor | null, most = Infinity): Promise<Page[]> => {
    const pages: Page[] = [];
    for await (const page of connector.read(config, stream, from, context)) {
      pages.push(page);
      if (pages.length >= most) break;
    }
    return pages;
  };
  return { source, read, asked, config, context };
}

export function recordsOf(pages: readonly Page[]): RawRecord[] {
  return pages.flatMap(({ records }) => records.flatMap((record) => ('externalId' in record ? [record] : [])));
}

export function idsOf(pages: readonly Page[]): string[] {
  return recordsOf(pages).map(({ externalId }) => externalId);
}

import {
  RejectedRecord,
  signals,
  type Capabilities,
  type Connector,
  type Context,
  type EventRow,
  type Json,
  type MappedRecord,
} from '#etl/connector.js';
import { fanOut } from '#etl/incremental/fan-out.js';
import { keysetPages } from '#etl/incremental/keyset.js';
import { floorTo, readWindow, type WindowPage, type WindowRules } from '#etl/incremental/window.js';
import { isHttpError } from '#etl/http/errors.js';
import { createHttp, type Http } from '#etl/http/http.js';

interface Config {
  address: string;
  pageSize: number;
  /** The list brings the logs too; else each item is asked for its own. */
  isInline?: boolean;
}

interface Listed {
  id: number;
  title: string;
  created: string;
  updated: string;
  initial: { status: number; team: number | null };
  log?: Line[];
}

interface Line {
  id: number;
  at: string;
  actor: number;
  type: string;
  to?: Json;
  text?: string;
}

const rules: WindowRules = { grain: 's', overlapMs: 300_000, lagMs: 10_000, sweep: { everyMs: 86_400_000, depthMs: 86_400_000 } };
const atOnce = 8;
const statuses = ['', 'New', 'In Progress', 'Waiting', 'Closed'];

/** A connector of a tool that there is not, as small as one can be: it proves the suite and the parts that connectors share. */
export const referenceConnector: Connector<Config> = {
  id: 'reference',
  mapVersion: 1,
  configSchema: { parse: (value) => value as Config },
  secretNames: ['token'],
  address: ({ address }) => address,
  async check(config, context) {
    try {
      await httpOf(config, context).getJson('/me');
      return { ok: true, findings: ['The token reads all items.'] };
    } catch (error) {
      if (!isHttpError(error)) throw error;
      return { ok: false, findings: [error.message] };
    }
  },
  discover: async () => ({
    streams: [{ name: 'items', order: 'asc', grain: 's' }],
    capabilities: Object.fromEntries(
      signals.map((signal) => [signal, signal === 'rating' ? { fidelity: 'none', reason: 'The tool asks nobody.' } : { fidelity: 'full' }]),
    ) as Capabilities,
    settings: { statuses: { New: 'ours_waiting', 'In Progress': 'ours_active', Waiting: 'customer', Closed: 'done' } },
    calendars: [],
  }),
  read: (config, _stream, cursor, context) => {
    const http = httpOf(config, context);
    return readWindow(cursor, rules, (from, position) => pages(http, config, from, position));
  },
  async *census(config, context) {
    const { body } = await httpOf(config, context).getJson<number[]>('/ids');
    yield body.map(String);
  },
  async look(config, id, context) {
    try {
      await httpOf(config, context).getJson(`/items/${id}`);
      return 'present';
    } catch (error) {
      if (isHttpError(error, 'not-found')) return 'gone';
      if (isHttpError(error, 'forbidden')) return 'hidden';
      throw error;
    }
  },
  map: (_config, _stream, record) => map(record.payload as unknown as { item: Listed; log: Line[] }),
};

function httpOf(config: Config, context: Context): Http {
  return createHttp({
    baseUrl: config.address,
    context,
    credentials: async () => ({ headers: { 'x-token': await context.secret('token') } }),
    pace: { concurrency: atOnce },
  });
}

async function* pages(http: Http, { pageSize, isInline }: Config, from: string | null, position: Json): AsyncGenerator<WindowPage> {
  const source = {
    pageSize,
    idOf: (row: Listed) => String(row.id),
    atOf: (row: Listed) => row.updated,
    fetch: async (since: string | null, offset: number) => {
      const query = {
        offset,
        limit: pageSize,
        ...(isInline ? { include: 'log' } : {}),
        ...(since === null ? {} : { since: floorTo('s', since) }),
      };
      const { body, at } = await http.getJson<Listed[]>('/items', { query });
      return { rows: body, sourceNow: at };
    },
  };
  for await (const page of keysetPages(source, from, position)) {
    const warnings: string[] = [];
    const logs = await fanOut(page.rows, atOnce, async ({ id, log }) => {
      if (log) return log;
      try {
        return (await http.getJson<Line[]>(`/items/${id}`)).body;
      } catch (error) {
        if (!isHttpError(error, 'not-found', 'forbidden')) throw error;
        warnings.push(`${error.kind}_item`);
        return null;
      }
    });
    const rows = page.rows.flatMap(({ log: _inline, ...item }, index) => {
      const log = logs[index];
      if (!log) return [];
      return [
        { at: item.updated, record: { externalId: String(item.id), op: 'upsert' as const, payload: { item, log } as unknown as Json } },
      ];
    });
    yield { rows, position: page.position, isLast: page.isLast, sourceNow: page.sourceNow, ...(warnings.length > 0 ? { warnings } : {}) };
  }
}

function map({ item, log }: { item: Listed; log: Line[] }): MappedRecord {
  const warnings: string[] = [];
  const created: EventRow = {
    externalId: `${item.id}:created`,
    kind: 'created',
    at: item.created,
    seq: 0,
    status: statuses[item.initial.status] ?? '',
    ...(item.initial.team === null ? {} : { team: String(item.initial.team) }),
  };
  const events = log.flatMap((line) => {
    const event = eventOf(line);
    if (event === null) warnings.push(`unknown_kind:${line.type}`);
    return event === null ? [] : [event];
  });
  return {
    item: { externalId: String(item.id), asOfAt: item.updated, asOfSeq: 0, type: 'task', title: item.title, createdAt: item.created },
    events: [created, ...events],
    warnings,
  };
}

function eventOf({ id, at, actor, type, to, text }: Line): EventRow | null {
  const base = { externalId: String(id), at, seq: id, actor: { id: String(actor), role: 'agent' as const } };
  if (type === 'reply' || type === 'note')
    return { ...base, kind: 'said', side: 'team', isPublic: type === 'reply', message: { body: text ?? '' } };
  if (type === 'due') return { ...base, kind: 'promised', dueAt: to === null ? null : `${String(to)}T00:00:00Z` };
  if (!['status', 'team', 'person'].includes(type)) return null;
  if (to !== null && typeof to !== 'number')
    throw new RejectedRecord('odd_value', `Line ${id} gives ${type} as ${JSON.stringify(to)}, not as a number.`);
  if (type === 'status') return { ...base, kind: 'changed', status: statuses[to ?? 0] ?? '' };
  return { ...base, kind: 'changed', [type]: to === null ? null : String(to) };
}

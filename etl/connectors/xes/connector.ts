import { full, none } from '../../capability.js';
import {
  SourceError,
  type Capabilities,
  type Connector,
  type Context,
  type Cursor,
  type Json,
  type Page,
  type RawRecord,
  type UnreadableRecord,
} from '../../connector.js';
import { calendarsOf, settingsOf } from '../../files/connection-settings.js';
import { Fingerprints } from '../../files/fingerprints.js';
import { logPages } from '../../files/log-pages.js';
import { capabilitiesOf } from '../../tables/capabilities.js';
import { checked } from '../checked.js';
import { openLog } from './client.js';
import { mapTrace } from './map.js';
import { xesConfigSchema, type XesConfig } from './payload.js';
import type { ParsedTrace } from './trace-parser.js';

const tracesPerPage = 1_000;
const eventsPerPage = 5_000;
/** Enough to see which attributes a log has; one that appears later only is named in the mapping. */
const peekedTraces = 200;

/** Event logs in XES, IEEE 1849: plain or gzip, streamed. One trace is one item. */
export const xesConnector: Connector<XesConfig> = {
  id: 'xes',
  mapVersion: 1,
  configSchema: xesConfigSchema,
  secretNames: [],
  check: (config, context) =>
    checked(async () => {
      const keys = await peek(config, context);
      return { ok: true, findings: [`The first traces have the attributes ${[...keys].sort().join(', ')}.`] };
    }),
  async discover(config, context) {
    return {
      streams: [{ name: 'traces', order: 'asc', grain: 'ms' }],
      capabilities: capabilitiesIn(config, await peek(config, context)),
      settings: settingsOf(config.mapping, config.mapping.times.zone),
      calendars: calendarsOf(config.mapping, config.mapping.times.zone),
    };
  },
  read: (config, _stream, from, context) => read(config, from, context),
  map: (config, _stream, record) => mapTrace(config, record),
  dependsOn: ({ mapping: { settings: _settings, calendar: _calendar, statuses, ...rest }, finishedWhen }) => {
    const cancelled = Object.entries(statuses).filter(([, meaning]) => meaning === 'cancelled');
    const mapping = JSON.parse(JSON.stringify({ ...rest, finishedWhen, cancelled })) as Json;
    return { identity: { item: rest.item.id }, mapping };
  },
};

async function* read(config: XesConfig, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const { file, traces } = await openLog(config.file, context.signal);
  const identify = recordsOf(config, file.name);
  async function* records() {
    let isEmpty = true;
    for await (const batch of traces) {
      isEmpty &&= batch.length === 0;
      yield batch.map((trace) => ({ record: identify(trace), weight: trace.events.length }));
    }
    if (isEmpty) throw new SourceError(`${file.name} has no traces; export it again.`);
  }
  yield* logPages(file, records(), from, { records: tracesPerPage, weight: eventsPerPage });
}

function recordsOf(config: XesConfig, name: string): (trace: ParsedTrace) => RawRecord | UnreadableRecord {
  const ids = new Fingerprints();
  const contents = new Fingerprints();
  const idKey = config.mapping.item.id.replace(/^case:/, '');
  return ({ line, trace, events, oversize }) => {
    const position = `${name} line ${line}`;
    const text = JSON.stringify({ trace, events });
    const unreadable = (code: string, reason: string) => ({
      unreadable: { code, reason, position, raw: Buffer.from(text.slice(0, 64 * 1024)) },
    });
    if (oversize !== null) return unreadable('trace_too_large', oversize);
    const externalId = trace[idKey]?.trim() ?? '';
    if (externalId === '')
      return unreadable(
        'no_item_id',
        `The trace has no "${idKey}"; name the attribute that identifies it as item.id, with "case:" before it.`,
      );
    if (contents.count(text) === 1 && ids.count(externalId) > 1) {
      return unreadable('id_twice', `Another trace before has the same "${idKey}", "${externalId}", and differs.`);
    }
    return { externalId, payload: { trace, events }, op: 'upsert', position };
  };
}

/** Keys of the first traces, those of the trace itself with `case:` before them. */
async function peek(config: XesConfig, context: Context): Promise<Set<string>> {
  const { traces } = await openLog(config.file, context.signal);
  const keys = new Set<string>();
  let seen = 0;
  for await (const batch of traces) {
    for (const { trace, events } of batch) {
      for (const key of Object.keys(trace)) keys.add(`case:${key}`);
      for (const key of events.flatMap((event) => Object.keys(event))) keys.add(key);
    }
    seen += batch.length;
    if (seen >= peekedTraces) break;
  }
  return keys;
}

function capabilitiesIn(config: XesConfig, keys: ReadonlySet<string>): Capabilities {
  const capabilities = capabilitiesOf(config.mapping);
  const { status, team, person } = config.mapping.event;
  const absent = (column: string) => none(`The first traces of the log have no "${column}".`);
  for (const [signal, source] of [
    ['status', status],
    ['team', team],
    ['person', person],
  ] as const) {
    if (source?.column !== undefined && !keys.has(source.column)) capabilities[signal] = absent(source.column);
  }
  if (config.finishedWhen === 'last-event') capabilities.finish = full;
  return capabilities;
}

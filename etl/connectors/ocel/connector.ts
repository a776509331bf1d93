import { full } from '../../capability.js';
import { SourceError, type Capabilities, type Connector, type Context, type Cursor, type Json, type Page } from '../../connector.js';
import { calendarsOf, settingsOf } from '../../files/connection-settings.js';
import { logPages } from '../../files/log-pages.js';
import { nearest } from '../../files/nearest.js';
import { capabilitiesOf } from '../../tables/capabilities.js';
import { checked } from '../checked.js';
import { openLog } from './client.js';
import { mapElement } from './map.js';
import { ObjectIndex } from './object-index.js';
import { ocelConfigSchema, type OcelConfig } from './payload.js';
import { elementRecords } from './records.js';

const recordsPerPage = 5_000;

/** Object-centric event logs in OCEL 2.0: JSON or XML, plain or gzip, streamed. Objects of the types named are the items. */
export const ocelConnector: Connector<OcelConfig> = {
  id: 'ocel',
  mapVersion: 1,
  configSchema: ocelConfigSchema,
  secretNames: [],
  check: (config, context) =>
    checked(async () => {
      const index = await indexOf(config, context);
      return { ok: true, findings: [`The log has objects of the types ${index.knownTypes().join(', ')}.`] };
    }),
  discover: (config) =>
    Promise.resolve({
      streams: [{ name: 'log', order: 'asc', grain: 'ms' }],
      capabilities: capabilitiesIn(config),
      settings: settingsOf(config.mapping, config.mapping.times.zone),
      calendars: calendarsOf(config.mapping, config.mapping.times.zone),
    }),
  read: (config, _stream, from, context) => read(config, from, context),
  map: (config, _stream, record) => mapElement(config, record),
  dependsOn({ items, roles, links, mapping: { settings: _settings, calendar: _calendar, statuses, ...rest } }) {
    const cancelled = Object.entries(statuses).filter(([, meaning]) => meaning === 'cancelled');
    return {
      identity: JSON.parse(JSON.stringify({ items, roles, times: rest.times, at: rest.event.at })) as Json,
      mapping: JSON.parse(JSON.stringify({ ...rest, links, cancelled })) as Json,
    };
  },
};

async function* read(config: OcelConfig, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const index = await indexOf(config, context);
  const { file, elements } = await openLog(config.file, context.signal);
  const identify = elementRecords(index, file.name);
  async function* records() {
    for await (const batch of elements) yield batch.flatMap(identify).map((record) => ({ record, weight: 0 }));
  }
  yield* logPages(file, records(), from, { records: recordsPerPage, weight: Infinity });
}

/** Throws `SourceError` where no object is of a type the mapping names as items. */
async function indexOf(config: OcelConfig, context: Context): Promise<ObjectIndex> {
  let index = new ObjectIndex(config, '');
  // A second time where the events come first: what they are about is not known before.
  for (let isKnown = false, again = 0; !isKnown && again < 2; again += 1) {
    const { file, elements } = await openLog(config.file, context.signal);
    if (again === 0) index = new ObjectIndex(config, file.name);
    isKnown = true;
    for await (const batch of elements) for (const element of batch) isKnown = index.note(element) && isKnown;
    if (isKnown || again === 1) checkTypes(config, index, file.name);
  }
  return index;
}

function checkTypes({ items }: OcelConfig, index: ObjectIndex, name: string): void {
  const known = index.knownTypes();
  if (known.length === 0) throw new SourceError(`${name} has no objects; is it a log in OCEL 2.0?`);
  const absent = items.find((type) => !known.includes(type));
  if (absent === undefined) return;
  const close = nearest(absent, known);
  throw new SourceError(
    `${name} has no objects of the type "${absent}"${close ? `; did you mean "${close}"?` : '.'} Its types: ${known.join(', ')}.`,
  );
}

function capabilitiesIn(config: OcelConfig): Capabilities {
  const capabilities = capabilitiesOf(config.mapping);
  return {
    ...capabilities,
    links: config.items.length > 1 || Object.keys(config.links).length > 0 ? full : capabilities.links,
  };
}

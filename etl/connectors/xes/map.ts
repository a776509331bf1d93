import { RejectedRecord, type EventRow, type MappedRecord, type RawRecord } from '../../connector.js';
import { eventOf, promiseOf, saidOf } from '../../tables/event.js';
import { describe } from '../../tables/row.js';
import { readerOf, type RowReader } from '../../tables/row-reader.js';
import type { TracePayload, XesConfig } from './payload.js';

/** Events of one XES event take places 0 to 3 after it. */
const placesPerEvent = 4;

/** A case with all its events, in the order of the file. Throws `RejectedRecord` for one without any. */
export function mapTrace(config: XesConfig, record: RawRecord): MappedRecord {
  const { trace, events } = record.payload as unknown as TracePayload;
  const ofCase = Object.entries(trace).map(([key, value]) => [`case:${key}`, value] as const);
  const rows = events.map((event) => readerOfRow(config, new Map([...ofCase, ...Object.entries(event)])));
  const [first] = rows;
  if (!first) throw new RejectedRecord('no_events', 'The trace has no events, so nothing is known of when it was.');
  const mapped: Required<Pick<MappedRecord, 'events' | 'people' | 'teams' | 'customers' | 'warnings'>> = {
    events: [],
    people: [],
    teams: [],
    customers: [],
    warnings: [],
  };
  const met = new Set<string>();
  let last = { at: '', seq: 0, row: first };
  for (const [index, row] of rows.entries()) {
    const { event } = config.mapping;
    const at = event.at && row.time(event.at, `event.at of event ${index + 1}`);
    if (!at) throw new RejectedRecord('no_time', `Event ${index + 1} has no "${event.at?.column}"; every event needs its time.`);
    const seq = placesPerEvent * index;
    mapped.events.push(...eventsOf(config, row, eventId(config, record, row, index, met), at, seq));
    if (last.at === '' || Date.parse(at) >= Date.parse(last.at)) last = { at, seq, row };
    const parties = row.parties();
    mapped.people.push(...(parties.people ?? []));
    mapped.teams.push(...(parties.teams ?? []));
    mapped.customers.push(...(parties.customers ?? []));
    mapped.warnings.push(...(parties.warnings ?? []));
  }
  const item = describe(config, last.row, last.row.needed(config.mapping.item.id, 'item.id'), last.at, last.seq);
  if (config.finishedWhen === 'last-event') item.finishedAt ??= last.at;
  return { ...mapped, item };
}

function eventsOf(config: XesConfig, row: RowReader, id: string, at: string, seq: number): EventRow[] {
  const changed = eventOf(config, row, { externalId: id, kind: 'changed', at, seq });
  return [changed, ...promiseOf(config, row, `${id}:due`, at, seq + 1), ...saidOf(config, row, `${id}:said`, at, seq + 2)];
}

/** The event's own id within its trace; its place where it has none, or one that another event has too. */
function eventId(config: XesConfig, record: RawRecord, row: RowReader, index: number, met: Set<string>): string {
  const column = config.mapping.event.id;
  const own = column === undefined ? undefined : row.cell({ column });
  const id = own !== undefined && !met.has(own) ? own : `event ${index + 1}`;
  met.add(id);
  return `${record.externalId}/${id}`;
}

function readerOfRow(config: XesConfig, row: ReadonlyMap<string, string>): RowReader {
  return readerOf(config, [...row.keys()], [...row.values()]);
}

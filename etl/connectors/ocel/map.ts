import { RejectedRecord, type EventRow, type MappedRecord, type RawRecord } from '../../connector.js';
import { eventOf, promiseOf, saidOf } from '../../tables/event.js';
import { readerOf, type RowReader } from '../../tables/row-reader.js';
import { describe } from '../../tables/row.js';
import type { EventPayload, ItemPayload, OcelConfig, OcelObject, Parties } from './payload.js';

/** Rows of one event take places 0 to 3 after it. */
const placesPerEvent = 4;
/** A value that changes in the instant of an event changes by it, so after it. */
const afterEvents = 1_000_000_000;
/** What the standard writes as the time of a value that was there from the start. */
const initial = /^1970-01-01(T00:00:00(\.0+)?(Z|\+00:?00)?)?$/;
/** An object is described without a time; its own description holds over what an event knows of it. */
const timeless = '1970-01-01T00:00:00Z';

export function mapElement(config: OcelConfig, record: RawRecord): MappedRecord {
  const payload = record.payload as unknown as ItemPayload | EventPayload;
  return 'object' in payload ? mapItem(config, payload) : mapEvent(config, payload);
}

function mapEvent(config: OcelConfig, { event, item, n, unknown, parties }: EventPayload): MappedRecord {
  if (!item) return { warnings: ['event_of_no_item'] };
  const row = readerOfRow(config, [
    ...event.attributes.map(({ name, value }) => [name, value] as const),
    ['event:id', event.id],
    ['event:type', event.type],
    ['event:time', event.time],
    ['item:id', item.id],
    ['item:type', item.type],
    ...partyCells(parties),
  ]);
  const { at: source, id: idColumn } = config.mapping.event;
  const at = source && row.time(source, 'event.at');
  if (!at) throw new RejectedRecord('no_time', `The event "${event.id}" has no "${source?.column}"; every event needs its time.`);
  const id = `${row.needed(idColumn ?? 'event:id', 'event.id')}/${item.id}`;
  const seq = placesPerEvent * n;
  const changed = eventOf(config, row, { externalId: id, kind: 'changed', at, seq });
  const events = [changed, ...promiseOf(config, row, `${id}:due`, at, seq + 1), ...saidOf(config, row, `${id}:said`, at, seq + 2)];
  const { type } = config.mapping.item;
  const { warnings = [], ...met } = row.parties();
  const counted = unknown > 0 ? [...warnings, 'unknown_object'] : warnings;
  return {
    item: { externalId: item.id, asOfAt: timeless, asOfSeq: 0, type: row.cell(type) ?? 'unknown' },
    events,
    ...met,
    ...(counted.length > 0 ? { warnings: counted } : {}),
  };
}

/** The object itself: what the item is, and how its attributes changed. */
function mapItem(config: OcelConfig, { object, since, parties, links }: ItemPayload): MappedRecord {
  const latest = new Map(object.attributes.map(({ name, value }) => [`item:${name}`, value]));
  const whole = readerOfRow(config, [...latest, ...idCells(object), ...partyCells(parties)]);
  const item = describe(config, whole, whole.needed(config.mapping.item.id, 'item.id'), timeless, 1);
  const changes = valuesByTime(object).map(([time, cells]) => {
    const row = readerOfRow(config, [...cells, ...idCells(object), ['event:time', time]]);
    return { time, row, at: initial.test(time) ? undefined : row.time({ column: 'event:time' }, 'the time of an attribute') };
  });
  const begin = since ?? item.createdAt ?? changes.find(({ at }) => at !== undefined)?.at;
  if (begin === undefined)
    throw new RejectedRecord('no_events', `The object "${object.id}" has no events, so nothing is known of when it was.`);
  const events = changes.flatMap(({ time, row, at }, index) =>
    changesOf(config, row, `object/${object.id}/${time}`, at ?? begin, at === undefined ? 0 : afterEvents + placesPerEvent * index),
  );
  const changeWarnings = changes.flatMap(({ row }) => row.parties().warnings ?? []);
  const { people, teams, customers, warnings = [] } = whole.parties();
  const kinds = new Map(Object.entries(config.links));
  return {
    item,
    events,
    links: links.map(({ to, qualifier, at }) => ({ to: { externalId: to }, kind: kinds.get(qualifier) ?? 'relates', at })),
    ...(people ? { people } : {}),
    ...(teams ? { teams } : {}),
    ...(customers ? { customers } : {}),
    ...(warnings.length + changeWarnings.length > 0 ? { warnings: [...warnings, ...changeWarnings] } : {}),
  };
}

/** Values of one moment that say something of status, owner or due date. */
function changesOf(config: OcelConfig, row: RowReader, id: string, at: string, seq: number): EventRow[] {
  const changed = eventOf(config, row, { externalId: id, kind: 'changed', at, seq });
  const isSaying = changed.status !== undefined || changed.team !== undefined || changed.person !== undefined;
  return [...(isSaying ? [changed] : []), ...promiseOf(config, row, `${id}:due`, at, seq + 1)];
}

function valuesByTime({ attributes }: OcelObject): [string, [string, string][]][] {
  const byTime = new Map<string, [string, string][]>();
  for (const { name, time, value } of attributes) {
    const cells = byTime.get(time) ?? [];
    cells.push([`item:${name}`, value]);
    byTime.set(time, cells);
  }
  return [...byTime];
}

function idCells({ id, type }: OcelObject): [string, string][] {
  return [
    ['item:id', id],
    ['item:type', type],
  ];
}

function partyCells(parties: Parties): [string, string][] {
  return Object.entries(parties).flatMap(([role, { id, name }]): [string, string][] => [
    [role, id],
    [`${role}:name`, name],
  ]);
}

function readerOfRow(config: OcelConfig, cells: readonly (readonly [string, string])[]): RowReader {
  const row = new Map(cells);
  return readerOf(config, [...row.keys()], [...row.values()]);
}

import { RejectedRecord, type EventRow, type ItemRow, type MappedRecord, type RawRecord } from '../connector.js';
import { eventOf, promiseOf, saidOf } from './event.js';
import type { TableConfig } from './mapping.js';
import { readerOf, type RowReader } from './row-reader.js';

/** What a stored row looks like: the header, its cells, and its place among the rows of its item. */
export interface RowPayload {
  columns: string[];
  cells: string[];
  n: number;
}

/** Events of one row take places 0 to 3 after it. */
const placesPerRow = 4;

export function mapRow(config: TableConfig, record: RawRecord): MappedRecord {
  const { columns, cells, n } = record.payload as unknown as RowPayload;
  const reader = readerOf(config, columns, cells);
  const { mapping } = config;
  const seq = placesPerRow * (mapping.event.order === 'file' ? n : reader.order(mapping.event.order));
  const itemId = reader.needed(mapping.item.id, 'item.id');
  return mapping.rows === 'events' ? mapEvent(config, record, reader, itemId, seq) : mapItem(config, reader, itemId, seq);
}

function mapEvent(config: TableConfig, record: RawRecord, reader: RowReader, itemId: string, seq: number): MappedRecord {
  const { event } = config.mapping;
  const at = event.at && reader.time(event.at, 'event.at');
  if (!at) throw new RejectedRecord('no_time', `Column "${event.at?.column}" (event.at) says nothing; every event needs its time.`);
  const id = record.externalId;
  const changed = eventOf(config, reader, { externalId: id, kind: 'changed', at, seq });
  const events = [changed, ...promiseOf(config, reader, `${id}:due`, at, seq + 1), ...saidOf(config, reader, `${id}:said`, at, seq + 2)];
  return { item: describe(config, reader, itemId, at, seq), events, ...reader.parties() };
}

/** A row that is a whole item: what it says of its owner and its state is true since the creation, as far as anyone can tell. */
function mapItem(config: TableConfig, reader: RowReader, itemId: string, seq: number): MappedRecord {
  const { item, statuses } = config.mapping;
  const created = item.created && reader.time(item.created, 'item.created');
  if (!created)
    throw new RejectedRecord(
      'no_time',
      `Column "${item.created?.column}" (item.created) says nothing; every item needs the time it was created.`,
    );
  const finished = item.finished && reader.time(item.finished, 'item.finished');
  const described = describe(config, reader, itemId, finished ?? created, seq);
  const opening = eventOf(config, reader, { externalId: `${itemId}:created`, kind: 'created', at: created, seq });
  const events: EventRow[] = [opening];
  const meaning = opening.status === undefined ? undefined : statuses[opening.status];
  if (finished && opening.status !== undefined && (meaning === 'done' || meaning === 'cancelled')) {
    events.push({ externalId: `${itemId}:finished`, kind: 'changed', at: finished, seq: seq + 3, status: opening.status });
    delete opening.status;
  }
  events.push(
    ...promiseOf(config, reader, `${itemId}:due`, created, seq + 1),
    ...saidOf(config, reader, `${itemId}:said`, created, seq + 2),
  );
  return { item: described, events, ...reader.parties() };
}

/** The item as one row shows it. */
export function describe(config: TableConfig, reader: RowReader, externalId: string, asOfAt: string, asOfSeq: number): ItemRow {
  const { item, event, statuses } = config.mapping;
  const row: ItemRow = { externalId, asOfAt, asOfSeq, type: reader.cell(item.type) ?? 'unknown' };
  const title = item.title && reader.cell(item.title);
  if (title !== undefined) row.title = title;
  if (item.url !== undefined) row.url = reader.filled(item.url);
  for (const key of ['service', 'channel', 'priority', 'language'] as const) {
    const value = item[key] && reader.cell(item[key]);
    if (value !== undefined) row[key] = value;
  }
  const customer = item.customer && reader.customer(item.customer);
  if (customer !== undefined) row.customer = customer;
  const status = event.status && reader.cell(event.status);
  const isCancelled = status !== undefined && Object.hasOwn(statuses, status) && statuses[status] === 'cancelled';
  const created = item.created && reader.time(item.created, 'item.created');
  const started = item.started && reader.time(item.started, 'item.started');
  const finished = item.finished && reader.time(item.finished, 'item.finished');
  if (created) row.createdAt = created;
  if (started) row.startedAt = started;
  // The end of a cancelled item is told by its status: an explicit finish would read as done.
  if (finished && !isCancelled) row.finishedAt = finished;
  row.finishIsExplicit = config.mapping.finishIsExplicit ?? item.finished !== undefined;
  const attributes = item.attributes.flatMap((column) => {
    const value = reader.cell({ column });
    return value === undefined ? [] : [[column, value] as const];
  });
  if (attributes.length > 0) row.attributes = Object.fromEntries(attributes);
  return row;
}

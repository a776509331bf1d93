import type { z } from 'zod';
import type { Json, RawRecord, UnreadableRecord } from '../../connector.js';
import { Fingerprints } from '../../files/fingerprints.js';
import type { LogElement } from './log-element.js';
import type { ObjectIndex } from './object-index.js';
import { eventSchema, objectSchema, type EventPayload, type ItemPayload, type OcelEvent, type OcelObject } from './payload.js';

type Record = RawRecord | UnreadableRecord;

/** Records of the elements in file order: one for each object that is an item, one for each event and item it is about. */
export function elementRecords(index: ObjectIndex, name: string): (element: LogElement) => Record[] {
  const ids = new Fingerprints();
  const contents = new Fingerprints();
  const eventsOf = new Map<string, number>();
  return (element) => {
    const { kind, line, broken } = element;
    const position = `${name} line ${line}`;
    const unreadable = (code: string, reason: string): Record[] => [
      { unreadable: { code, reason, position, raw: Buffer.from(element.raw) } },
    ];
    if (broken !== null) return unreadable(`bad_${kind}`, `The ${kind} is not JSON: ${broken}.`);
    const read = kind === 'object' ? objectSchema.safeParse(element.value) : eventSchema.safeParse(element.value);
    if (!read.success) return unreadable(`bad_${kind}`, `The ${kind} cannot be read: ${problemOf(read.error)}.`);
    const { id } = read.data;
    if (contents.count(`${kind} ${JSON.stringify(read.data)}`) === 1 && ids.count(`${kind} ${id}`) > 1)
      return unreadable('id_twice', `Another ${kind} before has the same id, "${id}", and differs.`);
    if (kind === 'object') return itemRecords(index, read.data as OcelObject, position);
    const event = read.data as OcelEvent;
    const items = [...new Set(event.relationships.map(({ objectId }) => objectId))].filter((objectId) => index.isItem(objectId));
    const unknown = event.relationships.filter(({ objectId }) => index.typeOf(objectId) === undefined);
    if (items.length === 0 && unknown[0])
      return unreadable('unknown_object', `The event "${id}" is about "${unknown[0].objectId}", which is not among the objects.`);
    const base = { event, unknown: unknown.length, parties: index.partiesOf(event) };
    return eventRecords(index, base, items, eventsOf, position);
  };
}

function itemRecords(index: ObjectIndex, object: OcelObject, position: string): Record[] {
  if (!index.isItem(object.id)) return [];
  const since = index.beginOf(object.id) ?? null;
  const links = object.relationships.flatMap(({ objectId, qualifier }) => {
    // A relation has no time of its own: it is there once both are.
    const at = [since, index.beginOf(objectId)].flatMap((begin) => begin ?? []).sort((a, b) => Date.parse(b) - Date.parse(a))[0];
    return index.isItem(objectId) && at !== undefined ? [{ to: objectId, qualifier, at }] : [];
  });
  const payload: ItemPayload = { object, since, parties: index.partiesOf(object, true), links };
  return [{ externalId: `object/${object.id}`, payload: payload as unknown as Json, op: 'upsert', position }];
}

function eventRecords(
  index: ObjectIndex,
  base: Pick<EventPayload, 'event' | 'unknown' | 'parties'>,
  items: string[],
  eventsOf: Map<string, number>,
  position: string,
): Record[] {
  const record = (externalId: string, payload: EventPayload): Record => ({
    externalId,
    payload: payload as unknown as Json,
    op: 'upsert',
    position,
  });
  if (items.length === 0) return [record(`event/${base.event.id}`, { ...base, item: null, n: 0 })];
  return items.map((id) => {
    const n = (eventsOf.get(id) ?? 0) + 1;
    eventsOf.set(id, n);
    return record(`event/${base.event.id}/${id}`, { ...base, item: { id, type: index.typeOf(id) ?? '' }, n });
  });
}

function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `${issue.path.join('.') || 'it'}: ${issue.message}` : 'it';
}

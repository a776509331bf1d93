import { hash } from 'node:crypto';

/** Every id of the model is a function of where a thing comes from: loading needs no look-ups and can be repeated. */
export type EntityKind = 'item' | 'event' | 'record' | 'person' | 'team' | 'customer' | 'status' | 'calendar' | 'quarantine';

/** As owner of an event: explicitly nobody. */
export const nobodyId = '00000000-0000-0000-0000-000000000000';

export function connectionId(name: string): string {
  return uuidOf(`throughline/connection/${name}`);
}

export function entityId(connection: string, kind: EntityKind, externalId: string): string {
  return uuidOf(`${connection}/${kind}/${externalId}`);
}

/** The same text gives the same UUID: the first 128 bits of its SHA-256, marked as version 8. */
export function uuidOf(text: string): string {
  const hex = hash('sha256', text);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

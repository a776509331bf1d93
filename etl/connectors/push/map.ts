import { RejectedRecord, type EventRow, type ItemRow, type MappedRecord, type RawRecord } from '../../connector.js';
import { lineSchema, type PushedLine } from './payload.js';

/** One line that was sent. Throws `RejectedRecord`. */
export function mapLine(record: RawRecord): MappedRecord {
  const read = lineSchema.safeParse(record.payload);
  if (!read.success) {
    const problems = read.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.') || 'the line'}: ${message}`);
    throw new RejectedRecord('bad_event', `${problems.join('; ')}.`);
  }
  const { id, item, links, team, person, ...told } = read.data;
  const event: EventRow = { externalId: id, ...defined(told) };
  const mapped: MappedRecord = { item: itemOf(read.data), events: [event] };
  if (team !== undefined) event.team = idOf(team);
  if (person !== undefined) event.person = idOf(person);
  if (isDescribed(team)) mapped.teams = [{ externalId: team.id, name: team.name }];
  if (isDescribed(person)) mapped.people = [{ externalId: person.id, name: person.name, isBot: person.isBot ?? false }];
  if (isDescribed(item.customer)) {
    const { id: externalId, ...customer } = item.customer;
    mapped.customers = [{ externalId, ...defined(customer) }];
  }
  if (links) {
    mapped.links = links.map(({ to, connection, kind }) => ({
      to: connection === undefined ? { externalId: to } : { connection, externalId: to },
      kind,
      at: read.data.at,
    }));
  }
  return mapped;
}

function itemOf({ at, seq, item: { id, customer, ...rest } }: PushedLine): ItemRow {
  const item: ItemRow = { externalId: id, asOfAt: at, asOfSeq: seq, ...defined(rest) };
  return customer === undefined ? item : { ...item, customer: idOf(customer) ?? '' };
}

function isDescribed<T extends { id: string }>(party: string | T | null | undefined): party is T {
  return typeof party === 'object' && party !== null;
}

function idOf(party: string | { id: string } | null): string | null {
  return isDescribed(party) ? party.id : party;
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Without the keys that say nothing. */
function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Defined<T>;
}

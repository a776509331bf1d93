import { RejectedRecord, type EventRow } from '../connector.js';
import type { TableConfig } from './mapping.js';
import type { RowReader } from './row-reader.js';

const sides = ['team', 'customer', 'system'] as const;

/** The event of a row: status and owners where the row says them. */
export function eventOf(config: TableConfig, reader: RowReader, base: Pick<EventRow, 'externalId' | 'kind' | 'at' | 'seq'>): EventRow {
  const { event, reassignment } = config.mapping;
  const row: EventRow = { ...base };
  const status = event.status && reader.cell(event.status);
  if (status !== undefined) row.status = status;
  const isReassignment = !reassignment || reassignment.values.includes(reader.cell({ column: reassignment.column }) ?? '');
  const team = event.team && isReassignment ? reader.owner(event.team, 'team') : undefined;
  const person = event.person && isReassignment ? reader.owner(event.person, 'person') : undefined;
  if (team !== undefined) row.team = team;
  if (person !== undefined) row.person = person;
  const actor = actorOf(config, reader);
  if (actor) row.actor = actor;
  return row;
}

/** The due date a row shows. Shown again unchanged it is no move: equal neighbours are one promise. */
export function promiseOf(config: TableConfig, reader: RowReader, externalId: string, at: string, seq: number): EventRow[] {
  const { due } = config.mapping.event;
  if (!due) return [];
  const dueAt = reader.due(due, 'event.due');
  const said = due.said ? reader.time(due.said, 'event.due.said') : at;
  return dueAt === undefined || said === undefined ? [] : [{ externalId, kind: 'promised', at: said, seq, dueAt }];
}

/** The message of a row; none where its cell is empty. Throws `RejectedRecord` for a side or a visibility that is not mapped. */
export function saidOf(config: TableConfig, reader: RowReader, externalId: string, at: string, seq: number): EventRow[] {
  const { message } = config.mapping.event;
  const body = message && reader.cell(message.body);
  if (!message || body === undefined) return [];
  const side = sides.find((known) => known === reader.cell(message.side));
  if (!side) {
    throw new RejectedRecord(
      'unknown_side',
      `The side of the message is "${reader.cell(message.side) ?? ''}"; map it to ${sides.join(', ')} with "values".`,
    );
  }
  const visibility = message.public ? reader.cell(message.public) : undefined;
  if (visibility !== undefined && visibility !== 'true' && visibility !== 'false') {
    throw new RejectedRecord('unknown_visibility', `event.message.public is "${visibility}"; map it to true or false with "values".`);
  }
  const language = message.language && reader.cell(message.language);
  const actor = actorOf(config, reader);
  return [
    {
      externalId,
      kind: 'said',
      at,
      seq,
      side,
      isPublic: visibility !== 'false',
      isBot: actor?.role === 'system' || side === 'system',
      ...(actor ? { actor: side === 'customer' ? { ...actor, role: 'customer' } : actor } : {}),
      message: language === undefined ? { body } : { body, language },
    },
  ];
}

function actorOf(config: TableConfig, reader: RowReader): EventRow['actor'] {
  const id = config.mapping.event.actor && reader.cell(config.mapping.event.actor);
  return id === undefined ? undefined : { id, role: config.mapping.bots.includes(id) ? 'system' : 'agent' };
}

import { nobody, type EventRow, type MappedRecord } from '../../connector.js';
import { dueInstant } from '../due-date.js';
import { closed, resolved, type conversationSchema, type FreshdeskConfig, type SeenTicket, type Ticket } from './payload.js';
import type { z } from 'zod';

type Conversation = z.output<typeof conversationSchema>['conversation'];

/** Kinds of conversations: notes and forwards may be private, all others are replies by some way. */
const knownSources = new Set([0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
const forwarded = 8;

/**
 * What a ticket was when it was seen. The time of its status Freshdesk tells itself, for owner and due date it is the time
 * of the ticket's last change. The creation tells no values: what they were then nobody saw.
 */
export function stateOf(config: FreshdeskConfig, { ticket, names }: SeenTicket): EventRow[] {
  const { id, created_at: createdAt, updated_at: at, stats } = ticket;
  const events: EventRow[] = [{ externalId: `${id} created`, kind: 'created', at: createdAt, seq: 0 }];
  if (ticket.description_text) {
    events.push({
      externalId: `${id} description`,
      kind: 'said',
      at: createdAt,
      seq: 1,
      actor: { role: 'customer' },
      side: 'customer',
      isPublic: true,
      isBot: false,
      message: { body: ticket.description_text },
    });
  }
  const status = (key: string, since: string): EventRow => {
    const name = names.statuses[key] ?? `#${key}`;
    return { externalId: `${id} status ${key} ${since}`, kind: 'changed', at: since, seq: 2, status: name };
  };
  const statusAt = stats?.status_updated_at ?? at;
  const isClosed = String(ticket.status) === closed;
  const resolvedAt = stats?.resolved_at;
  if (isClosed && resolvedAt && Date.parse(resolvedAt) < Date.parse(statusAt)) events.push(status(resolved, resolvedAt));
  events.push(status(String(ticket.status), statusAt));
  const team = ticket.group_id ? String(ticket.group_id) : nobody;
  const person = ticket.responder_id ? String(ticket.responder_id) : nobody;
  events.push({ externalId: `${id} owner ${at}`, kind: 'changed', at, seq: 3, team, person });
  const due = dueOf(config, ticket);
  if (due !== undefined) events.push({ externalId: `${id} due ${at}`, kind: 'promised', at, seq: 4, dueAt: due });
  return events;
}

/** Undefined where the ticket says nothing of a date. */
function dueOf(config: FreshdeskConfig, ticket: Ticket): string | null | undefined {
  const value = config.dueField === undefined ? ticket.due_by : ticket.custom_fields?.[config.dueField];
  if (value === undefined) return undefined;
  if (value === null || value === '') return null;
  return dueInstant(config, typeof value === 'string' ? value : JSON.stringify(value));
}

/** Incoming is what the customer wrote; private notes and what is forwarded stay with the team. */
export function messageOf(ticket: number, told: Conversation): Pick<MappedRecord, 'events' | 'warnings'> {
  if (!knownSources.has(told.source ?? 0)) return { warnings: [`unknown_kind:source ${told.source}`] };
  const isIncoming = told.incoming === true;
  const names = (told.attachments ?? []).flatMap(({ name }) => name ?? []);
  const body = told.body_text ?? '';
  const event: EventRow = {
    externalId: `${ticket} conversation ${told.id}`,
    kind: 'said',
    at: told.created_at,
    seq: told.id,
    side: isIncoming ? 'customer' : 'team',
    isPublic: told.private !== true && told.source !== forwarded,
    isBot: false,
    message: names.length > 0 ? { body, attachments: names } : { body },
  };
  if (isIncoming) event.actor = { role: 'customer' };
  else if (told.user_id) event.actor = { id: String(told.user_id), role: 'agent' };
  return { events: [event] };
}

import { RejectedRecord, type ItemRow, type MappedRecord, type RawRecord } from '../../connector.js';
import { linksIn } from '../tool-links.js';
import {
  channels,
  conversationSchema,
  priorities,
  ratingSchema,
  seenSchema,
  ticketSchema,
  type FreshdeskConfig,
  type SeenTicket,
  type Ticket,
} from './payload.js';
import { messageOf, stateOf } from './story.js';

/** Worst to best: Freshdesk's numbers of the answers of a survey. */
const answers = [-103, -102, -101, 100, 101, 102, 103];
/** An item known from a message or a rating alone is described as of before everything, so that the ticket itself always holds. */
const beforeEverything = '1970-01-01T00:00:00Z';

/** What one record of a stream says. Throws `RejectedRecord` where what is needed is missing. */
export function mapFreshdesk(config: FreshdeskConfig, stream: string, record: RawRecord): MappedRecord {
  try {
    if (stream === 'ratings') return mapRating(record);
    if (stream !== 'tickets') return { item: takenAway(config, stream, ticketSchema.parse(record.payload)) };
    return 'conversation' in (record.payload as object) ? mapConversation(config, record) : mapTicket(config, record);
  } catch (error) {
    if (error instanceof RejectedRecord || !(error instanceof Error)) throw error;
    throw new RejectedRecord('unexpected_shape', `Freshdesk tells it in a form that is not known: ${error.message.replace(/\s+/g, ' ')}`);
  }
}

function mapTicket(config: FreshdeskConfig, record: RawRecord): MappedRecord {
  const seen = seenSchema.parse(record.payload);
  const { ticket, names } = seen;
  const customer = customerOf(config, seen);
  const item = describe(config, ticket);
  if (names.team !== null) item.service = names.team;
  if (customer) item.customer = customer.externalId;
  return {
    item,
    events: stateOf(config, seen),
    links: linksIn(`${ticket.subject ?? ''}\n${ticket.description_text ?? ''}`, config.linkedTools, 'relates', ticket.created_at),
    people: ticket.responder_id ? [{ externalId: String(ticket.responder_id), name: names.person ?? `#${ticket.responder_id}` }] : [],
    teams: ticket.group_id ? [{ externalId: String(ticket.group_id), name: names.team ?? `#${ticket.group_id}` }] : [],
    customers: customer ? [customer] : [],
  };
}

function describe(config: FreshdeskConfig, ticket: Ticket): ItemRow {
  const row: ItemRow = {
    externalId: String(ticket.id),
    asOfAt: ticket.updated_at,
    asOfSeq: 0,
    type: ticket.type ?? 'ticket',
    url: `${(config.webUrl ?? config.url).replace(/\/+$/, '')}/a/tickets/${ticket.id}`,
    createdAt: ticket.created_at,
  };
  const priority = priorities[ticket.priority ?? 0];
  const channel = channels[ticket.source ?? 0];
  if (ticket.subject) row.title = ticket.subject;
  if (priority !== undefined) row.priority = priority;
  if (channel !== undefined) row.channel = channel;
  return row;
}

/** A ticket that comes back is listed with the others again, with a later time of change. */
function takenAway(config: FreshdeskConfig, stream: string, ticket: Ticket): ItemRow {
  const row: ItemRow = { ...describe(config, ticket), asOfSeq: 1 };
  if (stream === 'spam') row.excluded = 'spam';
  else row.deletedAt = ticket.updated_at;
  return row;
}

function customerOf({ customer }: FreshdeskConfig, { ticket, names }: SeenTicket) {
  const { company_id: company, requester_id: requester } = ticket;
  if (customer === 'company' && company) return { externalId: `company ${company}`, name: names.company ?? `#${company}` };
  if (!requester) return undefined;
  return { externalId: `requester ${requester}`, name: ticket.requester?.name ?? ticket.requester?.email ?? `#${requester}` };
}

function mapConversation(config: FreshdeskConfig, record: RawRecord): MappedRecord {
  const { ticket, conversation } = conversationSchema.parse(record.payload);
  const item = { externalId: String(ticket), asOfAt: beforeEverything, asOfSeq: 0, type: 'ticket' };
  const links = linksIn(conversation.body_text ?? '', config.linkedTools, 'relates', conversation.created_at);
  return { item, links, ...messageOf(ticket, conversation) };
}

function mapRating(record: RawRecord): MappedRecord {
  const rating = ratingSchema.parse(record.payload);
  const item = { externalId: String(rating.ticket_id), asOfAt: beforeEverything, asOfSeq: 0, type: 'ticket' };
  const answer = rating.ratings['default_question'];
  const place = answers.indexOf(answer ?? 0);
  if (place < 0) return { item, warnings: [`unknown_kind:rating ${answer ?? 'without default_question'}`] };
  const externalId = `rating ${rating.id}`;
  return { item, events: [{ externalId, kind: 'rated', at: rating.created_at, seq: 0, rating: place / (answers.length - 1) }] };
}

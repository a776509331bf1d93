import { RejectedRecord, type ItemRow, type LinkRow, type MappedRecord, type RawRecord } from '../../connector.js';
import { linksInAll } from '../tool-links.js';
import { customerOf, groupSchema, organizationSchema, ticketRecordSchema, userSchema, type ZendeskConfig } from './payload.js';
import { mapUpdate } from './update.js';

/** What one record of a stream says. Throws `RejectedRecord` where what is needed is missing. */
export function mapZendesk(config: ZendeskConfig, stream: string, record: RawRecord): MappedRecord {
  try {
    if (stream === 'tickets') return mapTicket(config, record);
    if (stream === 'updates') return mapUpdate(config, record.payload);
    if (stream === 'users') return mapUser(record);
    if (stream === 'organizations') {
      const { id, name, created_at: since } = organizationSchema.parse(record.payload);
      const externalId = customerOf.organization(id);
      return { customers: [{ externalId, name: name ?? externalId, ...(since ? { since } : {}) }] };
    }
    const { id, name } = groupSchema.parse(record.payload);
    return { teams: [{ externalId: String(id), name: name ?? String(id) }] };
  } catch (error) {
    if (error instanceof RejectedRecord || !(error instanceof Error)) throw error;
    throw new RejectedRecord('unexpected_shape', `Zendesk tells it in a form that is not known: ${error.message.replace(/\s+/g, ' ')}`);
  }
}

function mapTicket(config: ZendeskConfig, record: RawRecord): MappedRecord {
  const { ticket, form } = ticketRecordSchema.parse(record.payload);
  const { organization_id: organization, requester_id: requester } = ticket;
  const item: ItemRow = {
    externalId: String(ticket.id),
    asOfAt: new Date(ticket.generated_timestamp * 1000).toISOString(),
    asOfSeq: 0,
    type: ticket.type ?? 'ticket',
    url: new URL(`/agent/tickets/${ticket.id}`, ticket.url ?? config.url).href,
    createdAt: ticket.created_at,
  };
  if (ticket.subject) item.title = ticket.subject;
  if (ticket.priority) item.priority = ticket.priority;
  if (ticket.via?.channel) item.channel = ticket.via.channel;
  if (form !== undefined) item.service = form;
  if (config.customer === 'organization' && organization) item.customer = customerOf.organization(organization);
  else if (requester) item.customer = customerOf.requester(requester);
  if (ticket.status === 'deleted') item.deletedAt = item.asOfAt;
  else if (ticket.tags?.includes('closed_by_merge')) item.excluded = 'merged';
  const links: LinkRow[] = [];
  const linked = (key: number | null | undefined, kind: LinkRow['kind']) => {
    if (key) links.push({ to: { externalId: String(key) }, kind, at: ticket.created_at });
  };
  linked(ticket.problem_id, 'relates');
  if (ticket.via?.source?.rel === 'follow_up') linked(ticket.via.source.from?.ticket_id, 'relates');
  const fields = ticket.custom_fields?.flatMap(({ value }) => (typeof value === 'string' ? value : [])) ?? [];
  const text = [ticket.subject, ticket.description, ...fields].join('\n');
  return { item, links: [...links, ...linksInAll([{ text, at: ticket.created_at }], config.linkedTools)] };
}

function mapUser(record: RawRecord): MappedRecord {
  const user = userSchema.parse(record.payload);
  const name = user.name ?? String(user.id);
  if (user.role !== 'end-user') return { people: [{ externalId: String(user.id), name }] };
  const externalId = customerOf.requester(user.id);
  return {
    customers: [
      {
        externalId,
        name,
        ...(user.organization_id ? { group: customerOf.organization(user.organization_id) } : {}),
        ...(user.locale ? { language: user.locale.split('-')[0] } : {}),
        ...(user.iana_time_zone ? { timeZone: user.iana_time_zone } : {}),
        ...(user.created_at ? { since: user.created_at } : {}),
      },
    ],
  };
}

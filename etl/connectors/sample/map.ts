import { z } from 'zod';
import { RejectedRecord, type EventRow, type ItemRow, type MappedRecord, type RawRecord } from '../../connector.js';
import { customerSchema, itemSchema, teamSchema, type ChangeLine, type CommentLine, type RatingLine, type SampleItem } from './payload.js';

/** The made-up tools' JSON in the canonical model. */
export function mapSample(stream: string, record: RawRecord): MappedRecord {
  if (stream === 'teams') return mapTeam(read(teamSchema, record));
  if (stream === 'customers') return mapCustomer(read(customerSchema, record));
  if (stream === 'items') return mapItem(read(itemSchema, record));
  throw new RejectedRecord('unknown-stream', `The sample has no stream "${stream}"; known: teams, customers, items.`);
}

function read<Payload>(schema: z.ZodType<Payload>, { externalId, payload }: RawRecord): Payload {
  const parsed = schema.safeParse(payload);
  if (!parsed.success) throw new RejectedRecord('invalid-payload', `Record ${externalId}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function mapTeam(team: z.infer<typeof teamSchema>): MappedRecord {
  return {
    teams: [{ externalId: team.key, name: team.name, calendar: team.calendar }],
    people: team.members.map(({ id, name, automation }) => ({ externalId: id, name, isBot: automation })),
  };
}

function mapCustomer({ key, name, group, language, timeZone, calendar, since }: z.infer<typeof customerSchema>): MappedRecord {
  return { customers: [{ externalId: key, name, group, language, timeZone, since, ...(calendar !== null && { calendar }) }] };
}

function mapItem(item: SampleItem): MappedRecord {
  return {
    item: mapHead(item),
    events: [
      ...item.changes.map((change, index) => mapChange(change, index === 0)),
      ...item.comments.map(mapComment),
      ...item.ratings.map(mapRating),
    ],
    links: item.links.map(({ connection, key, kind, at }) => ({
      to: { externalId: key, ...(connection !== undefined && { connection }) },
      kind,
      at,
    })),
  };
}

function mapHead(item: SampleItem): ItemRow {
  return {
    externalId: item.key,
    asOfAt: item.updatedAt,
    asOfSeq: item.changes.length + item.comments.length + item.ratings.length,
    title: item.subject,
    url: item.url,
    type: item.type,
    service: item.service,
    channel: item.channel,
    priority: item.priority,
    language: item.language,
    customer: item.customer,
    createdAt: item.createdAt,
    ...(item.markedAs !== null && { excluded: item.markedAs }),
  };
}

function mapChange(change: ChangeLine, isFirst: boolean): EventRow {
  const { status, team, assignee, dueAt, dueAskedByCustomer } = change;
  const kind = isFirst ? 'created' : dueAt !== undefined ? 'promised' : change.handoverField ? 'noted' : 'changed';
  return {
    ...line(change, kind),
    ...(status !== undefined && { status }),
    ...(team !== undefined && { team }),
    ...(assignee !== undefined && { person: assignee }),
    ...(dueAt !== undefined && { dueAt, askedByCustomer: dueAskedByCustomer ?? false }),
  };
}

function mapComment(comment: CommentLine): EventRow {
  const { author, audience, body, language, attachments } = comment;
  return {
    ...line(comment, 'said'),
    side: author.kind === 'customer' ? 'customer' : author.kind === 'agent' ? 'team' : 'system',
    isPublic: audience === 'public',
    isBot: author.kind === 'automation',
    message: { body, language, ...(attachments && { attachments }) },
  };
}

function mapRating(rating: RatingLine): EventRow {
  return { ...line(rating, 'rated'), rating: (rating.stars - 1) / 4 };
}

function line({ id, at, order, author }: ChangeLine | CommentLine | RatingLine, kind: EventRow['kind']): EventRow {
  const role = author.kind === 'automation' ? 'system' : author.kind;
  return { externalId: id, kind, at, seq: order, actor: { role, ...(author.id !== undefined && { id: author.id }) } };
}

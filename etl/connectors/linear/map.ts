import type { EventRow, ItemRow, LinkRow, MappedRecord, RawRecord } from '../../connector.js';
import { dueInstant } from '../due-date.js';
import { tellStory, type StoryChange, type StoryMessage } from '../item-story.js';
import { readRecord } from '../read-record.js';
import { linksInAll } from '../tool-links.js';
import { recordSchema, type Change, type Comment, type Issue, type IssueRecord, type LinearConfig } from './payload.js';

type Actor = NonNullable<EventRow['actor']>;

/** One issue with its history. Throws `RejectedRecord` where it has another form. */
export function mapIssue(config: LinearConfig, record: RawRecord): MappedRecord {
  const told = readRecord('Linear', recordSchema, record);
  const { issue, names } = told;
  const dueOf = (date: string | null | undefined) => (date ? dueInstant(config, date) : null);
  const author = actorOf(config, told, { ...issue, actorId: issue.creator?.id, externalUser: issue.externalUserCreator });
  const { events, warnings } = tellStory({
    id: issue.id,
    createdAt: issue.createdAt,
    updatedAt: issue.updatedAt,
    ...(author ? { author } : {}),
    now: {
      status: names.states[issue.state.id] ?? `#${issue.state.id}`,
      team: issue.team.id,
      person: issue.assignee?.id ?? null,
      due: dueOf(issue.dueDate),
    },
    changes: issue.history.nodes.flatMap((row) => changesOf(config, told, row, dueOf)),
    messages: messagesOf(config, told, author),
  });
  const customer = customerOf(issue);
  return {
    item: describe(config, told, customer?.externalId),
    events,
    links: [...linksOf(issue), ...linksInAll(textsOf(issue), config.linkedTools)],
    people: Object.entries(names.people).map(([externalId, name]) => ({ externalId, name, isBot: config.bots.includes(name) })),
    teams: Object.entries(names.teams).map(([externalId, name]) => ({ externalId, name })),
    customers: customer ? [customer] : [],
    warnings,
  };
}

/** A row groups what one person changed within some minutes; what was undone in between is not told. */
function changesOf(
  config: LinearConfig,
  record: IssueRecord,
  row: Change,
  dueOf: (date: string | null | undefined) => string | null,
): StoryChange[] {
  const statusOf = (id: string | null | undefined) => (id ? (record.names.states[id] ?? `#${id}`) : null);
  const values: [StoryChange['field'], string | null, string | null][] = [
    ['status', statusOf(row.fromStateId), statusOf(row.toStateId)],
    ['team', row.fromTeamId ?? null, row.toTeamId ?? null],
    ['person', row.fromAssigneeId ?? null, row.toAssigneeId ?? null],
    ['due', dueOf(row.fromDueDate), dueOf(row.toDueDate)],
  ];
  const actor = actorOf(config, record, row);
  return values
    .filter(([, from, to]) => from !== to)
    .map(([field, from, to], order) => ({
      ...{ id: `history:${row.id}:${field}`, at: row.createdAt, order },
      ...(actor ? { actor } : {}),
      ...{ field, from, to },
    }));
}

function messagesOf(config: LinearConfig, record: IssueRecord, author: Actor | undefined): StoryMessage[] {
  const { issue } = record;
  const told = issue.comments.nodes.map((comment: Comment): StoryMessage => {
    const actor = actorOf(config, record, { ...comment, actorId: comment.user?.id });
    const side = actor?.role === 'customer' ? 'customer' : actor === undefined || actor.role === 'system' ? 'system' : 'team';
    return { id: `comment:${comment.id}`, at: comment.createdAt, order: 10, ...(actor ? { actor } : {}), side, body: comment.body ?? '' };
  });
  // What our people write down for themselves is no word to a customer.
  if (!issue.description || author?.role !== 'customer') return told;
  const description: StoryMessage = {
    ...{ id: `${issue.id}:description`, at: issue.createdAt, order: -1, actor: author },
    ...{ side: 'customer', body: issue.description },
  };
  return [description, ...told];
}

interface Author {
  actorId?: string | null | undefined;
  externalUser?: { id: string } | null | undefined;
  botActor?: { id?: string | null | undefined } | null | undefined;
}

/** People from outside write through a tool that is joined to Linear; its integrations are bots. */
function actorOf(config: LinearConfig, { names }: IssueRecord, author: Author): Actor | undefined {
  const { actorId, externalUser, botActor } = author;
  if (externalUser) return { id: externalUser.id, role: 'customer' };
  if (actorId) return { id: actorId, role: config.bots.includes(names.people[actorId] ?? '') ? 'system' : 'agent' };
  return botActor ? { role: 'system' } : undefined;
}

function describe(config: LinearConfig, { issue, names }: IssueRecord, customer: string | undefined): ItemRow {
  const service = config.service === 'team' ? names.teams[issue.team.id] : issue.project?.name;
  return {
    externalId: issue.id,
    aliases: [issue.identifier],
    asOfAt: issue.updatedAt,
    asOfSeq: 0,
    title: `${issue.identifier} ${issue.title ?? ''}`.trim(),
    url: issue.url ?? `https://linear.app/issue/${issue.identifier}`,
    type: 'issue',
    createdAt: issue.createdAt,
    ...(service ? { service } : {}),
    ...(issue.priorityLabel ? { priority: issue.priorityLabel } : {}),
    ...(customer === undefined ? {} : { customer }),
    ...(issue.trashed === true ? { deletedAt: issue.archivedAt ?? issue.updatedAt } : {}),
    ...(issue.state.type === 'duplicate' ? { excluded: 'duplicate' as const } : {}),
  };
}

/** The customer that asked for it, or the person outside who opened it. */
function customerOf(issue: Issue): { externalId: string; name: string } | undefined {
  const found = issue.needs.nodes.find(({ customer }) => customer)?.customer ?? issue.externalUserCreator;
  return found ? { externalId: found.id, name: found.name } : undefined;
}

const linkKinds: Record<string, LinkRow['kind']> = { blocks: 'blocks', duplicate: 'duplicates', related: 'relates' };

function linksOf(issue: Issue): LinkRow[] {
  const links = issue.relations.nodes.flatMap(({ type, createdAt, relatedIssue }): LinkRow[] => {
    const kind = linkKinds[type];
    return kind ? [{ to: { externalId: relatedIssue.id }, kind, at: createdAt }] : [];
  });
  if (issue.parent) links.push({ to: { externalId: issue.parent.id }, kind: 'relates', at: issue.createdAt });
  return links;
}

function textsOf(issue: Issue): { text: string; at: string }[] {
  const comments = [...issue.comments.nodes].sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
  return [
    { text: `${issue.title ?? ''}\n${issue.description ?? ''}`, at: issue.createdAt },
    ...comments.map(({ body, createdAt }) => ({ text: body ?? '', at: createdAt })),
  ];
}

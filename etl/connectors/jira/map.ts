import type { ItemRow, LinkRow, MappedRecord, RawRecord } from '../../connector.js';
import { readRecord } from '../read-record.js';
import { linksInAll } from '../tool-links.js';
import { customValue, recordSchema, userId, valueOf, valueOfKind, type IssueRecord, type JiraConfig, type User } from './payload.js';
import { instant, Story } from './story.js';

/** One issue with its whole changelog and comments. */
export function mapIssue(config: JiraConfig, record: RawRecord): MappedRecord {
  const told = readRecord('Jira', recordSchema, record);
  const story = new Story(config, told);
  story.tell();
  const customer = customerOf(config, told, story);
  return {
    item: describe(config, told, customer?.externalId),
    events: story.events,
    links: [...linksOf(told), ...linksInAll(textsOf(told), config.linkedTools)],
    people: peopleOf(told, story),
    teams: [...story.log.teams].map(([externalId, name]) => ({ externalId, name })),
    customers: customer ? [customer] : [],
    warnings: story.warnings,
  };
}

function describe(config: JiraConfig, record: IssueRecord, customer: string | undefined): ItemRow {
  const { id, key, fields } = record.issue;
  const row: ItemRow = {
    externalId: id,
    aliases: keysOf(record),
    asOfAt: instant(fields.updated),
    asOfSeq: 0,
    url: `${(config.webUrl ?? config.url).replace(/\/+$/, '')}/browse/${key}`,
    type: fields.issuetype.name,
    createdAt: instant(fields.created),
    attributes: { key, ...attributesOf(record) },
  };
  if (fields.summary) row.title = fields.summary;
  if (fields.priority) row.priority = fields.priority.name;
  if (customer !== undefined) row.customer = customer;
  const service = serviceOf(config, record);
  if (service !== undefined) row.service = service;
  if (/^duplicate$/i.test(fields.resolution?.name ?? '')) row.excluded = 'duplicate';
  return row;
}

function serviceOf({ service }: JiraConfig, record: IssueRecord): string | undefined {
  const { project, components } = record.issue.fields;
  if (service === 'project') return project.name;
  if (service === 'component') return components?.[0]?.name;
  if (service !== 'request-type') return valueOf(customValue(record, service.field))?.name;
  const told = valueOfKind(record, 'com.atlassian.servicedesk:vp-origin') as { requestType?: unknown } | null | undefined;
  return valueOf(told?.requestType)?.name;
}

/** The fields that people fill in, not those in which plug-ins keep house. */
const plainKinds = 'com.atlassian.jira.plugin.system.customfieldtypes:';

function attributesOf({ issue, fields }: IssueRecord): Record<string, string> {
  const { labels, components } = issue.fields;
  const told = Object.entries(fields)
    .filter(([, { kind }]) => kind.startsWith(plainKinds))
    .map(([id, { name }]): [string, unknown] => [name, issue.fields[id]]);
  const all: [string, unknown][] = [['labels', labels], ['components', components], ...told];
  return Object.fromEntries(
    all.flatMap(([name, value]) => {
      const text = valueOf(value)?.name;
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

function customerOf({ customer }: JiraConfig, record: IssueRecord, story: Story): { externalId: string; name: string } | undefined {
  const { project, reporter } = record.issue.fields;
  if (customer === 'project') return { externalId: `project ${project.id}`, name: project.name };
  if (customer !== 'organization' && customer !== 'reporter') {
    const value = valueOf(customValue(record, customer.field));
    return value === null ? undefined : { externalId: value.id, name: value.name };
  }
  const organizations = valueOfKind(record, 'com.atlassian.servicedesk:sd-customer-organizations');
  const organization = customer === 'organization' && Array.isArray(organizations) ? valueOf(organizations[0]) : null;
  if (organization) return { externalId: `organization ${organization.id}`, name: organization.name };
  const id = userId(reporter);
  return id !== null && story.sideOf(reporter) === 'customer' ? { externalId: `user ${id}`, name: reporter?.displayName ?? id } : undefined;
}

function peopleOf({ issue, histories, comments }: IssueRecord, story: Story): NonNullable<MappedRecord['people']> {
  const { assignee, creator, reporter } = issue.fields;
  const told: (User | null | undefined)[] = [assignee, creator, reporter, ...[...histories, ...comments].map(({ author }) => author)];
  const people = new Map([...story.log.people].map(([externalId, name]) => [externalId, { externalId, name, isBot: false }]));
  for (const user of told) {
    const externalId = userId(user);
    if (!user || externalId === null) continue;
    if (story.sideOf(user) === 'customer') people.delete(externalId);
    else people.set(externalId, { externalId, name: user.displayName ?? externalId, isBot: story.sideOf(user) === 'system' });
  }
  return [...people.values()];
}

const linkKinds: Record<string, LinkRow['kind']> = { blocks: 'blocks', duplicate: 'duplicates' };

/** What the issue is called in addresses: its key, and those it had in other projects. */
function keysOf({ issue, histories }: IssueRecord): string[] {
  const former = histories.flatMap(({ items }) => items.flatMap(({ field, fromText }) => (field === 'Key' && fromText ? [fromText] : [])));
  return [...new Set([issue.key, ...former])];
}

/**
 * What was written on an issue, in its fields, and where it was told to lead. Documents as they are
 * stored: addresses may stand behind words.
 */
function textsOf(record: IssueRecord): { text: string; at: string }[] {
  const { fields } = record.issue;
  const stored = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body ?? ''));
  const told = [fields.summary, stored(fields.description), ...Object.values(attributesOf(record))];
  const remote = record.histories.flatMap(({ items, created: at }) =>
    items.flatMap(({ field, toText }) => (field === 'RemoteIssueLink' && toText ? [{ text: toText, at: instant(at) }] : [])),
  );
  return [
    { text: told.join('\n'), at: instant(fields.created) },
    ...record.comments.map(({ body, created }) => ({ text: stored(body), at: instant(created) })),
    ...remote,
  ];
}

/** Both ends of a link show it; the end that it leads from tells it. */
function linksOf({ issue, histories }: IssueRecord): LinkRow[] {
  const { issuelinks, parent, created } = issue.fields;
  const links = (issuelinks ?? []).flatMap(({ type, outwardIssue }): LinkRow[] => {
    if (!outwardIssue) return [];
    const told = histories.findLast(({ items }) => items.some(({ field, to }) => field === 'Link' && to === outwardIssue.key));
    const kind = linkKinds[type.name.toLowerCase()] ?? 'relates';
    return [{ to: { externalId: outwardIssue.id }, kind, at: instant(told?.created ?? created) }];
  });
  if (parent) links.push({ to: { externalId: parent.id }, kind: 'relates', at: instant(created) });
  return links;
}

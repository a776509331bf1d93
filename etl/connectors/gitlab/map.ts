import type { CustomerRow, ItemRow, LinkRow, MappedRecord, RawRecord } from '../../connector.js';
import { labelled } from '../labels.js';
import { readRecord } from '../read-record.js';
import { linksInAll } from '../tool-links.js';
import { readNote } from './notes.js';
import { itemId, recordSchema, type GitlabConfig, type IssueRecord } from './payload.js';
import { Story } from './story.js';

/** One issue with its state and label events and its notes: https://docs.gitlab.com/api/resource_state_events/ */
export function mapIssue(config: GitlabConfig, record: RawRecord): MappedRecord {
  const told = readRecord('GitLab', recordSchema, record);
  const story = new Story(config, told);
  story.tell();
  const customer = customerOf(config, told, story);
  const texts = story.events.flatMap(({ at, message }) => (message ? [{ at, text: message.body }] : []));
  return {
    item: describe(config, told, customer?.externalId),
    events: story.events,
    links: [...linksOf(config, told), ...linksInAll(texts, config.linkedTools)],
    people: [...story.people].map(([externalId, { name, user }]) => ({ externalId, name, isBot: story.isBot(user) })),
    teams: [...new Set(story.events.flatMap(({ team }) => team ?? []))].map((name) => ({ externalId: name, name })),
    customers: customer ? [customer] : [],
    warnings: story.warnings,
  };
}

function describe(config: GitlabConfig, { project, issue }: IssueRecord, customer: string | undefined): ItemRow {
  const row: ItemRow = {
    externalId: itemId(project, issue.iid),
    asOfAt: issue.updated_at,
    asOfSeq: 0,
    title: issue.title,
    url: issue.web_url,
    type: issue.issue_type ?? 'issue',
    service: project,
    createdAt: issue.created_at,
  };
  const priority = labelled(issue.labels, config.priorityLabels);
  if (priority !== undefined) row.priority = priority;
  if (issue.service_desk_reply_to) row.channel = 'email';
  if (customer !== undefined) row.customer = customer;
  if (issue._links?.closed_as_duplicate_of) row.excluded = 'duplicate';
  // It goes on under another number, with a copy of its past.
  else if (issue.moved_to_id) row.excluded = 'merged';
  const attributes = {
    ...(issue.labels.length > 0 ? { labels: issue.labels.join(', ') } : {}),
    ...(issue.milestone ? { milestone: issue.milestone.title } : {}),
  };
  if (Object.keys(attributes).length > 0) row.attributes = attributes;
  return row;
}

function customerOf(config: GitlabConfig, { project, issue }: IssueRecord, story: Story): CustomerRow | undefined {
  if (config.customer === 'project') return { externalId: project, name: project };
  if (config.customer === 'label') {
    const name = labelled(issue.labels, config.customerLabels);
    return name === undefined ? undefined : { externalId: name, name };
  }
  const { author, service_desk_reply_to: mail } = issue;
  if (mail) return { externalId: mail, name: mail };
  if (!author || story.isBot(author) || story.sideOf(author) !== 'customer') return undefined;
  return { externalId: String(author.id), name: author.name ?? author.username };
}

/** Notes tell what an issue is related to and where it is mentioned; a project of the same group is written without it. */
function linksOf(config: GitlabConfig, { project, issue, notes }: IssueRecord): LinkRow[] {
  const links = new Map<string, LinkRow>();
  for (const { system, body, created_at: at } of notes) {
    const told = system ? readNote(body) : null;
    if (told === null || typeof told === 'string') continue;
    for (const reference of told.related) {
      const [path = '', iid = ''] = reference.split('#');
      const known = path === '' ? project : (config.projects.find((each) => each.endsWith(`/${path}`) || each === path) ?? path);
      const externalId = itemId(known, Number(iid));
      if (externalId !== itemId(project, issue.iid) && !links.has(externalId))
        links.set(externalId, { to: { externalId }, kind: 'relates', at });
    }
  }
  return [...links.values()];
}

import type { CustomerRow, ItemRow, LinkRow, MappedRecord, RawRecord } from '../../connector.js';
import { labelled } from '../labels.js';
import { readRecord } from '../read-record.js';
import { linksInAll } from '../tool-links.js';
import { itemId, recordSchema, type GithubConfig, type IssueRecord } from './payload.js';
import { Story } from './story.js';

/** One issue with its timeline: https://docs.github.com/en/rest/issues/timeline */
export function mapIssue(config: GithubConfig, record: RawRecord): MappedRecord {
  const told = readRecord('GitHub', recordSchema, record);
  const story = new Story(config, told);
  story.tell();
  const customer = customerOf(config, told, story);
  const texts = story.events.flatMap(({ at, message }) => (message ? [{ at, text: message.body }] : []));
  return {
    item: describe(config, told, customer?.externalId),
    events: story.events,
    links: [...linksOf(config, told), ...linksInAll(texts, config.linkedTools)],
    people: [...story.users.values()].map((user) => ({ externalId: String(user.id), name: user.login, isBot: story.isBot(user) })),
    teams: [...new Set(story.events.flatMap(({ team }) => team ?? []))].map((name) => ({ externalId: name, name })),
    customers: customer ? [customer] : [],
    warnings: story.warnings,
  };
}

function describe(config: GithubConfig, { repository, issue }: IssueRecord, customer: string | undefined): ItemRow {
  const row: ItemRow = {
    externalId: itemId(repository, issue.number),
    asOfAt: issue.updated_at,
    asOfSeq: 0,
    title: issue.title,
    url: issue.html_url,
    type: issue.type?.name ?? 'issue',
    service: repository,
    createdAt: issue.created_at,
  };
  const priority = labelled(issue.labels, config.priorityLabels);
  if (priority !== undefined) row.priority = priority;
  if (customer !== undefined) row.customer = customer;
  if (issue.state_reason === 'duplicate') row.excluded = 'duplicate';
  if (issue.labels.length > 0) row.attributes = { labels: issue.labels.join(', ') };
  return row;
}

function customerOf(config: GithubConfig, { repository, issue }: IssueRecord, story: Story): CustomerRow | undefined {
  if (config.customer === 'repository') return { externalId: repository, name: repository };
  if (config.customer === 'label') {
    const name = labelled(issue.labels, config.customerLabels);
    return name === undefined ? undefined : { externalId: name, name };
  }
  const { user } = issue;
  if (!user || story.isBot(user) || story.sideOf(user) !== 'customer') return undefined;
  return { externalId: String(user.id), name: user.login };
}

/** The timeline of an issue tells who refers to it; a pull request is no piece of work of ours. */
function linksOf(config: GithubConfig, { repository, timeline }: IssueRecord): LinkRow[] {
  const links = new Map<string, LinkRow>();
  for (const { event, created_at: at, source } of timeline) {
    const from = source?.issue;
    if (event !== 'cross-referenced' || !at || !from || from.pull_request) continue;
    const name = from.repository?.full_name ?? repository;
    const known = config.repositories.find((each) => each.toLowerCase() === name.toLowerCase()) ?? name;
    const externalId = itemId(known, from.number);
    if (!links.has(externalId)) links.set(externalId, { to: { externalId }, kind: 'relates', at });
  }
  return [...links.values()];
}

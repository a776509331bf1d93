import type { ItemRow, LinkRow, MappedRecord, RawRecord } from '../../connector.js';
import { readRecord } from '../read-record.js';
import { linksInAll } from '../tool-links.js';
import { recordSchema, type Issue, type IssueRecord, type RedmineConfig } from './payload.js';
import { Story } from './story.js';

/** Kinds of journal details that tell nothing of the story, kept in the raw record. */
const knownProperties = new Set(['attr', 'cf', 'relation', 'attachment']);

/** One issue with its whole history: https://www.redmine.org/projects/redmine/wiki/Rest_IssueJournals */
export function mapIssue(config: RedmineConfig, record: RawRecord): MappedRecord {
  const told = readRecord('Redmine', recordSchema, record);
  const { issue, names } = told;
  const story = new Story(config, told);
  story.open();
  for (const [index, journal] of issue.journals.entries()) story.tell(journal, index);
  story.close();
  const people = Object.entries(names.people).filter(([, person]) => !person.isGroup);
  const teams = config.team === 'group' ? groupsOf(told) : Object.entries(config.team === 'project' ? names.projects : names.categories);
  const customer = customerOf(config, told, story);
  const unknown = issue.journals.flatMap(({ details }) => details.filter(({ property }) => !knownProperties.has(property)));
  return {
    item: describe(config, told, customer?.externalId),
    events: story.events,
    links: [...linksOf(issue), ...linksInAll(textsOf(issue), config.linkedTools)],
    people: people.map(([externalId, { name }]) => ({ externalId, name, isBot: config.bots.includes(name) })),
    teams: teams.map(([externalId, name]) => ({ externalId, name })),
    customers: customer ? [customer] : [],
    warnings: [...story.warnings, ...unknown.map(() => 'unknown_kind')],
  };
}

function describe(config: RedmineConfig, { issue }: IssueRecord, customer: string | undefined): ItemRow {
  const row: ItemRow = {
    externalId: String(issue.id),
    asOfAt: issue.updated_on,
    asOfSeq: 0,
    title: issue.subject,
    url: `${(config.webUrl ?? config.url).replace(/\/+$/, '')}/issues/${issue.id}`,
    type: issue.tracker.name,
    createdAt: issue.created_on,
  };
  const service =
    config.service === 'project'
      ? issue.project.name
      : config.service === 'category'
        ? issue.category?.name
        : fieldOf(issue, config.service.field);
  if (service !== undefined) row.service = service;
  if (issue.priority) row.priority = issue.priority.name;
  if (customer !== undefined) row.customer = customer;
  if (issue.relations?.some((relation) => relation.relation_type === 'duplicates' && relation.issue_id === issue.id))
    row.excluded = 'duplicate';
  const attributes = (issue.custom_fields ?? []).flatMap(({ name }) => {
    const value = fieldOf(issue, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  if (attributes.length > 0) row.attributes = Object.fromEntries(attributes);
  return row;
}

function customerOf({ customer }: RedmineConfig, { issue }: IssueRecord, story: Story): { externalId: string; name: string } | undefined {
  if (customer === 'project') return { externalId: String(issue.project.id), name: issue.project.name };
  if (customer === 'author') {
    const { author } = issue;
    return author && story.sideOf(String(author.id)) === 'customer' ? { externalId: String(author.id), name: author.name } : undefined;
  }
  const value = fieldOf(issue, customer.field);
  return value === undefined ? undefined : { externalId: value, name: value };
}

function fieldOf(issue: Issue, name: string): string | undefined {
  const value = issue.custom_fields?.find((field) => field.name === name)?.value;
  const text = Array.isArray(value) ? value.join(', ') : (value ?? '');
  return text === '' ? undefined : text;
}

function groupsOf({ names }: IssueRecord): [string, string][] {
  return Object.entries(names.people)
    .filter(([, person]) => person.isGroup)
    .map(([id, { name }]) => [id, name]);
}

function textsOf({ subject, description, custom_fields, created_on, journals }: Issue): { text: string; at: string }[] {
  const fields = (custom_fields ?? []).flatMap(({ value }) => value ?? []);
  return [
    { text: [subject, description, ...fields].join('\n'), at: created_on },
    ...journals.map(({ notes, created_on: at }) => ({ text: notes ?? '', at })),
  ];
}

const linkKinds: Record<string, LinkRow['kind']> = { blocks: 'blocks', duplicates: 'duplicates', copied_to: 'becomes' };

/** Both ends of a relation show it; the end that it leads from tells it. */
function linksOf(issue: Issue): LinkRow[] {
  const links = (issue.relations ?? [])
    .filter((relation) => relation.issue_id === issue.id)
    .map((relation): LinkRow => {
      const externalId = String(relation.issue_to_id);
      const told = issue.journals.findLast(({ details }) =>
        details.some(({ property, new_value }) => property === 'relation' && new_value === externalId),
      );
      return { to: { externalId }, kind: linkKinds[relation.relation_type] ?? 'relates', at: told?.created_on ?? issue.created_on };
    });
  if (issue.parent) links.push({ to: { externalId: String(issue.parent.id) }, kind: 'relates', at: issue.created_on });
  return links;
}

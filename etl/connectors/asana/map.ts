import type { ItemRow, LinkRow, MappedRecord, PersonRow, RawRecord, TeamRow } from '../../connector.js';
import { readRecord } from '../read-record.js';
import { recordSchema, type AsanaConfig, type Task, type TaskRecord } from './payload.js';
import { TaskStory } from './story.js';
import { linksInAll } from '../tool-links.js';

/** One task with its stories. Throws `RejectedRecord` where it has another form. */
export function mapTask(config: AsanaConfig, record: RawRecord): MappedRecord {
  const told = readRecord('Asana', recordSchema, record);
  const { task, stories } = told;
  const story = new TaskStory(config, told);
  story.open();
  for (const [index, each] of stories.entries()) story.tell(each, index);
  story.close();
  const customer = customerOf(config, told, story);
  return {
    item: describe(config, told, customer?.externalId),
    events: story.events,
    links: [...linksOf(task), ...linksInAll(textsOf(told), config.linkedTools)],
    people: peopleOf(config, told),
    teams: teamsOf(config, told),
    customers: customer ? [customer] : [],
    warnings: story.warnings,
  };
}

function describe(config: AsanaConfig, { task, project, stories }: TaskRecord, customer: string | undefined): ItemRow {
  const row: ItemRow = {
    externalId: task.gid,
    asOfAt: task.modified_at ?? task.created_at,
    asOfSeq: 0,
    url: task.permalink_url ?? `https://app.asana.com/0/${project.gid}/${task.gid}`,
    type: 'task',
    createdAt: task.created_at,
  };
  if (task.name) row.title = task.name;
  const service = config.service === 'project' ? project.name : fieldOf(task, config.service.field);
  if (service !== undefined) row.service = service;
  const priority = fieldOf(task, 'Priority');
  if (priority !== undefined) row.priority = priority;
  if (customer !== undefined) row.customer = customer;
  const marked = stories.findLast(({ resource_subtype: kind }) => kind === 'marked_duplicate' || kind === 'unmarked_duplicate');
  if (marked?.resource_subtype === 'marked_duplicate') row.excluded = 'duplicate';
  const attributes = (task.custom_fields ?? []).flatMap(({ name }) => {
    const value = name ? fieldOf(task, name) : undefined;
    return name && value !== undefined ? [[name, value] as const] : [];
  });
  if (attributes.length > 0) row.attributes = Object.fromEntries(attributes);
  return row;
}

function customerOf({ customer }: AsanaConfig, record: TaskRecord, story: TaskStory): { externalId: string; name: string } | undefined {
  const { task, project } = record;
  if (customer === 'project') return { externalId: project.gid, name: project.name };
  if (customer === 'author') {
    const author = task.created_by;
    return author && story.sideOf(author) === 'customer'
      ? { externalId: author.gid, name: namesIn(record).get(author.gid) ?? author.gid }
      : undefined;
  }
  const value = fieldOf(task, customer.field);
  return value === undefined ? undefined : { externalId: value, name: value };
}

function fieldOf(task: Task, name: string): string | undefined {
  const value = task.custom_fields?.find((field) => field.name === name)?.display_value ?? '';
  return value === '' ? undefined : value;
}

/** A task that waits for this one is blocked by it; the end that blocks tells it. */
function linksOf(task: Task): LinkRow[] {
  const at = task.created_at;
  const links = (task.dependents ?? []).map(({ gid }): LinkRow => ({ to: { externalId: gid }, kind: 'blocks', at }));
  if (task.parent) links.push({ to: { externalId: task.parent.gid }, kind: 'relates', at });
  return links;
}

function textsOf({ task, stories }: TaskRecord): { text: string; at: string }[] {
  const comments = stories.filter(({ resource_subtype: kind }) => kind === 'comment_added');
  return [
    { text: `${task.name ?? ''}\n${task.notes ?? ''}`, at: task.created_at },
    ...comments.map(({ text, created_at: at }) => ({ text: text ?? '', at })),
  ];
}

function peopleOf(config: AsanaConfig, record: TaskRecord): PersonRow[] {
  return [...namesIn(record)].map(([externalId, name]) => ({ externalId, name, isBot: config.bots.includes(name) }));
}

/** What the people of a task are called; a task may tell an id alone where a story tells the name too. */
function namesIn({ task, stories }: TaskRecord): Map<string, string> {
  const told = [task.created_by, task.assignee, ...stories.flatMap((story) => [story.created_by, story.assignee])];
  const people = told.flatMap((person) => (person ? [person] : []));
  const named = people.flatMap(({ gid, name }) => (name ? [[gid, name] as const] : []));
  return new Map([...people.map(({ gid }) => [gid, gid] as const), ...named]);
}

function teamsOf({ team }: AsanaConfig, { task, stories, project }: TaskRecord): TeamRow[] {
  if (team === 'project') return [{ externalId: project.gid, name: project.name }];
  const changed = stories.filter((story) => story.custom_field?.name === team.field);
  const told = [
    ...changed.flatMap((story) => [story.old_enum_value, story.new_enum_value]),
    task.custom_fields?.find(({ name }) => name === team.field)?.enum_value,
  ];
  const names = new Map(told.flatMap((option) => (option ? [[option.gid, option.name ?? option.gid] as const] : [])));
  return [...names].map(([externalId, name]) => ({ externalId, name }));
}

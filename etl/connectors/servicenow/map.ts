import { RejectedRecord, type EventRow, type ItemRow, type MappedRecord, type PartyRow, type RawRecord } from '../../connector.js';
import { dueInstant } from '../due-date.js';
import { tellStory, type StoryChange, type StoryField, type StoryMessage } from '../item-story.js';
import { readRecord } from '../read-record.js';
import { linksInAll } from '../tool-links.js';
import { followed, instantOf, recordSchema, valueOf, type ServiceNowConfig, type ServiceNowRecord, type Task } from './payload.js';

/** One record of the table with its audits and journals. */
export function mapTask(config: ServiceNowConfig, record: RawRecord): MappedRecord {
  try {
    return mapRecord(config, readRecord('ServiceNow', recordSchema, record));
  } catch (error) {
    if (error instanceof RangeError) throw new RejectedRecord('unreadable_date', `${error.message}.`);
    throw error;
  }
}

function mapRecord(config: ServiceNowConfig, told: ServiceNowRecord): MappedRecord {
  const { task, audits, journals } = told;
  const id = task.sys_id.value ?? '';
  const fields = followed(config);
  const read = (field: StoryField, value: string | null): string | null => valueIn(config, told, field, value);
  const current = [...fields].map(([column, field]) => [field, read(field, columnOf(task, column))] as const);
  const changes = audits?.flatMap((audit): StoryChange[] => {
    const field = fields.get(audit.fieldname);
    if (!field) return [];
    return [
      {
        id: `audit:${audit.sys_id}`,
        at: instantOf(audit.sys_created_on),
        order: Number(audit.record_checkpoint ?? 0),
        ...actorOf(config, told, audit.user),
        field,
        from: read(field, audit.oldvalue ? audit.oldvalue : null),
        to: read(field, audit.newvalue ? audit.newvalue : null),
      },
    ];
  });
  const isKnown = ({ element }: { element: string }) => element === 'comments' || element === 'work_notes';
  const messages = journals.filter(isKnown).map((journal): StoryMessage => ({
    id: `journal:${journal.sys_id}`,
    at: instantOf(journal.sys_created_on),
    order: Number.MAX_SAFE_INTEGER,
    ...actorOf(config, told, journal.sys_created_by),
    side: journal.element === 'work_notes' ? noteSide(config, journal.sys_created_by) : sideOf(config, told, journal.sys_created_by),
    isPublic: journal.element === 'comments',
    body: journal.value ?? '',
  }));
  const createdAt = instantOf(task.sys_created_on.value ?? '');
  const updatedAt = instantOf(task.sys_updated_on.value ?? '');
  const story = tellStory({
    id,
    createdAt,
    updatedAt,
    ...authorOf(config, told),
    now: Object.fromEntries(current),
    changes: changes ?? null,
    messages,
  });
  const { assignment_group: group, assigned_to: person } = task;
  const customer = customerOf(config, task);
  const parent = valueOf(task.parent_incident);
  return {
    item: describe(config, task, { id, createdAt, updatedAt }, customer?.externalId),
    events: story.events,
    links: [
      ...(parent === null ? [] : [{ to: { externalId: parent }, kind: 'relates' as const, at: createdAt }]),
      ...linksInAll(textsOf(task, messages, createdAt), config.linkedTools),
    ],
    teams: parties([[valueOf(group), group?.display_value], ...namesOf(told, 'assignment_group')]),
    people: [
      ...parties([[valueOf(person), person?.display_value], ...namesOf(told, 'assigned_to')]),
      ...Object.entries(told.people).map(([login, { id: externalId, name }]) => ({ externalId, name, isBot: config.bots.includes(login) })),
    ].filter(({ externalId }, index, all) => all.findLastIndex((other) => other.externalId === externalId) === index),
    customers: customer ? [customer] : [],
    warnings: [...story.warnings, ...journals.filter((journal) => !isKnown(journal)).map(({ element }) => `unknown_kind:${element}`)],
  };
}

function describe(
  config: ServiceNowConfig,
  task: Task,
  { id, createdAt, updatedAt }: { id: string; createdAt: string; updatedAt: string },
  customer: string | undefined,
): ItemRow {
  const row: ItemRow = {
    externalId: id,
    asOfAt: updatedAt,
    asOfSeq: 0,
    type: config.table,
    url: new URL(`/${config.table}.do?sys_id=${id}`, config.webUrl ?? config.url).href,
    createdAt,
  };
  const service = shown(task[config.service]);
  const [title, priority, channel, number] = [task.short_description, task.priority, task.contact_type, task.number].map(shown);
  if (title) row.title = title;
  if (service) row.service = service;
  if (priority) row.priority = priority;
  if (channel) row.channel = channel;
  if (customer !== undefined) row.customer = customer;
  if (number) {
    row.attributes = { number };
    row.aliases = [number];
  }
  return row;
}

/** Columns of the table, those of its own (`u_`) among them, and what was written. */
function textsOf(task: Task, messages: readonly StoryMessage[], createdAt: string): { text: string; at: string }[] {
  const columns = Object.values(task).map((told) => (isColumn(told) ? valueOf(told) : null));
  return [{ text: columns.join('\n'), at: createdAt }, ...messages.map(({ body, at }) => ({ text: body, at }))];
}

function customerOf(config: ServiceNowConfig, { company, caller_id: caller }: Task): PartyRow | undefined {
  const candidates = config.customer === 'company' ? [company, caller] : [caller];
  return parties(candidates.map((column) => [valueOf(column), column?.display_value]))[0];
}

/** A value of a followed column in the house's words. */
function valueIn(config: ServiceNowConfig, { states, task }: ServiceNowRecord, field: StoryField, value: string | null): string | null {
  if (value === null) return null;
  if (field === 'due') return /^\d{4}-\d\d-\d\d$/.test(value) ? dueInstant(config, value) : instantOf(value);
  if (field !== 'status') return value;
  const now = task[config.stateField];
  return states[value] ?? (isColumn(now) && now.value === value ? now.display_value : null) ?? value;
}

/** Whoever called is the customer, and whoever has no role of ours, where roles can be read. */
function sideOf(
  config: ServiceNowConfig,
  { task, people }: ServiceNowRecord,
  login: string | null | undefined,
): 'team' | 'customer' | 'system' {
  if (!login || config.bots.includes(login)) return 'system';
  const person = people[login];
  if (person && person.id === valueOf(task.caller_id)) return 'customer';
  return person?.isStaff === false ? 'customer' : 'team';
}

/** Only our own people write work notes. */
function noteSide(config: ServiceNowConfig, login: string | null | undefined): 'team' | 'system' {
  return !login || config.bots.includes(login) ? 'system' : 'team';
}

function actorOf(
  config: ServiceNowConfig,
  told: ServiceNowRecord,
  login: string | null | undefined,
): { actor?: NonNullable<EventRow['actor']> } {
  if (!login) return {};
  const side = sideOf(config, told, login);
  const id = told.people[login]?.id;
  return { actor: { ...(id === undefined ? {} : { id }), role: side === 'team' ? 'agent' : side } };
}

function authorOf(config: ServiceNowConfig, told: ServiceNowRecord): { author?: NonNullable<EventRow['actor']> } {
  const { actor } = actorOf(config, told, told.task.sys_created_by?.value);
  return actor ? { author: actor } : {};
}

function namesOf({ audits, names }: ServiceNowRecord, column: string): [string, string | undefined][] {
  const own = (audits ?? []).filter(({ fieldname }) => fieldname === column);
  return own.flatMap(({ oldvalue, newvalue }) =>
    [oldvalue, newvalue].flatMap((id) => (id ? [[id, names[id]] as [string, string | undefined]] : [])),
  );
}

function parties(named: readonly (readonly [string | null, string | null | undefined])[]): PartyRow[] {
  const rows = named.flatMap(([externalId, name]) => (externalId && name ? [{ externalId, name }] : []));
  return rows.filter(({ externalId }, index) => rows.findIndex((other) => other.externalId === externalId) === index);
}

function shown(column: Task['number']): string | null {
  return column?.display_value || column?.value || null;
}

function columnOf(task: Task, column: string): string | null {
  const told = task[column];
  return isColumn(told) ? valueOf(told) : null;
}

function isColumn(told: unknown): told is { value?: string | null; display_value?: string | null } {
  return told !== null && typeof told === 'object' && 'value' in told;
}

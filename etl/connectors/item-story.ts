import { nobody, type EventRow } from '../connector.js';
import { initialValue, isUnbroken, type ValueChange } from './value-history.js';

/** Status by name, team and person by external id, due as an ISO instant; null: none. */
export type StoryField = 'status' | 'team' | 'person' | 'due';
export type StoryValues = Partial<Record<StoryField, string | null>>;

const fields: readonly StoryField[] = ['status', 'team', 'person', 'due'];

interface Step {
  /** Identity of the event, unique within the connection. */
  id: string;
  at: string;
  /** Order among the steps of one instant. */
  order: number;
  actor?: NonNullable<EventRow['actor']>;
}

/** A change of one field; without `from` where the tool tells new values alone. */
export interface StoryChange extends Step {
  field: StoryField;
  from?: string | null;
  to: string | null;
}

export interface StoryMessage extends Step {
  side: 'team' | 'customer' | 'system';
  /** Absent where the tool does not tell who may read it. */
  isPublic?: boolean;
  body: string;
  attachments?: string[];
}

/** An item with its history, in the ids and times of the house. */
export interface ItemHistory {
  id: string;
  createdAt: string;
  /** Of the last change: what no change explains holds from then on. */
  updatedAt: string;
  author?: NonNullable<EventRow['actor']>;
  /** What the item has now; absent: the tool does not say. */
  now: StoryValues;
  /** Null: the tool's log cannot be read, so that what the item began with is not known. */
  changes: StoryChange[] | null;
  messages: StoryMessage[];
}

/**
 * An item's history as events: what it began with, walked back from what it has now, what each step changed or said, and what
 * no step explains. Where the changes of a field do not lead to each other, `history_gap` is counted.
 */
export function tellStory(item: ItemHistory): { events: EventRow[]; warnings: string[] } {
  const changes = [...(item.changes ?? [])].sort(inOrder);
  const of = (field: StoryField) => changes.filter((change) => change.field === field);
  const events = item.changes === null ? [] : valueEvents(`${item.id}:created`, item.createdAt, 0, firstValues(item.now, of));
  const opening = events.find(({ dueAt }) => dueAt === undefined);
  const created: EventRow = {
    ...opening,
    externalId: `${item.id}:created`,
    kind: 'created',
    at: item.createdAt,
    seq: 0,
    ...actorOf(item.author),
  };
  const promised = events.filter(({ dueAt }) => typeof dueAt === 'string').map((event) => ({ ...event, ...actorOf(item.author) }));
  const steps = [...changes, ...item.messages].sort(inOrder).map((step, index) => stepEvent(step, 2 + index));
  const untold: StoryValues = {};
  const warnings: string[] = [];
  for (const field of fields) {
    const current = item.now[field];
    const known = of(field);
    const last = known.at(-1);
    if (current !== undefined && (item.changes === null || (last && last.to !== current))) untold[field] = current;
    if (!isUnbroken(known.map(asValueChange(known)), current)) warnings.push('history_gap');
  }
  return { events: [created, ...promised, ...steps, ...valueEvents(`${item.id}:now`, item.updatedAt, 2 + steps.length, untold)], warnings };
}

function firstValues(now: StoryValues, of: (field: StoryField) => StoryChange[]): StoryValues {
  const known = fields.flatMap((field) => {
    const [first] = of(field);
    const value = first && first.from === undefined ? undefined : initialValue(of(field).map(asValueChange(of(field))), now[field]);
    return value === undefined ? [] : [[field, value] as const];
  });
  return Object.fromEntries(known);
}

/** Where the tool tells no old value, the new one of the change before stands for it. */
function asValueChange(all: readonly StoryChange[]): (change: StoryChange, index: number) => ValueChange {
  return ({ from, to }, index) => ({ from: from === undefined ? (all[index - 1]?.to ?? null) : from, to });
}

function stepEvent(step: StoryChange | StoryMessage, seq: number): EventRow {
  const base = { externalId: step.id, at: step.at, seq, ...actorOf(step.actor) };
  if ('field' in step) {
    return step.field === 'due'
      ? { ...base, kind: 'promised', dueAt: step.to }
      : { ...base, kind: 'changed', ...stateOf({ [step.field]: step.to }) };
  }
  const { side, isPublic, body, attachments = [] } = step;
  const message = attachments.length > 0 ? { body, attachments } : { body };
  return { ...base, kind: 'said', side, isPublic, isBot: side === 'system', message };
}

function valueEvents(id: string, at: string, seq: number, values: StoryValues): EventRow[] {
  const state = stateOf(values);
  return [
    ...(Object.keys(state).length > 0 ? [{ externalId: id, kind: 'changed' as const, at, seq, ...state }] : []),
    ...(values.due === undefined ? [] : [{ externalId: `${id}:due`, kind: 'promised' as const, at, seq: seq + 1, dueAt: values.due }]),
  ];
}

function stateOf({ status, team, person }: StoryValues): Pick<EventRow, 'status' | 'team' | 'person'> {
  return {
    ...(status ? { status } : {}),
    ...(team === undefined ? {} : { team: team ?? nobody }),
    ...(person === undefined ? {} : { person: person ?? nobody }),
  };
}

function actorOf(actor: EventRow['actor']): Pick<EventRow, 'actor'> {
  return actor ? { actor } : {};
}

function inOrder(a: Step, b: Step): number {
  return Date.parse(a.at) - Date.parse(b.at) || a.order - b.order || (a.id < b.id ? -1 : 1);
}

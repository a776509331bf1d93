import { customers, people, teams, type ScriptedEvent } from '../../../support/scripted-source/history.js';
import type { Tool, ToolAnswer } from '../../../support/scripted-source/server.js';
import type { ScriptedSource, VisibleItem } from '../../../support/scripted-source/source.js';

const none: ToolAnswer = { status: 404, body: { error: 'Resource could not be found' } };
/** What Chatwoot answers for what a token may not see, with the status of a refused token. */
const notAuthorized: ToolAnswer = { status: 401, body: { error: 'You are not authorized to do this action' } };

export const statusNames: Record<string, string> = { New: 'pending', 'In Progress': 'open', Waiting: 'snoozed', Closed: 'resolved' };
const sentences: Record<string, string> = {
  New: 'Conversation was marked as pending by',
  'In Progress': 'Conversation was reopened by',
  Waiting: 'Conversation was snoozed by',
  Closed: 'Conversation was marked resolved by',
};

/** A Chatwoot over a scripted source: people are agents, conversations begin as pending, and changes are sentences among the messages. */
export const chatwootTool: Tool = ({ path, query }, source) => {
  if (path === '/api/v1/profile') return { body: { id: 3, name: 'Reader', accounts: [{ id: 1, name: 'Acme', role: 'administrator' }] } };
  if (path === '/api/v1/accounts/1') return { body: { id: 1, name: 'Acme', locale: 'en' } };
  const [, what = '', rest = ''] = /^\/api\/v1\/accounts\/1\/(\w+)(.*)$/.exec(path) ?? [];
  if (what === 'agents') return { body: people.map(({ id, name }) => ({ id, name, role: 'agent' })) };
  if (what === 'teams') return { body: teams.map(({ id, name }) => ({ id, name: name.toLowerCase() })) };
  if (what === 'inboxes') return { body: { payload: [{ id: 1, name: 'Support mail' }] } };
  if (what !== 'conversations') return none;
  const [, id, isMessages] = /^\/(\d+)(\/messages)?$/.exec(rest) ?? [];
  if (id !== undefined) return one(source.item(Number(id)), isMessages === undefined ? null : Number(query.get('after')));
  return list(query, source);
};

/** What changed within some time comes on one page; all of them on pages, the newest first, without regard to their changes. */
function list(query: URLSearchParams, source: ScriptedSource): ToolAnswer {
  const all = source.items().sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt) || b.id - a.id);
  const within = query.get('updated_within');
  const since = Date.parse(source.now) - Number(within) * 1_000;
  const page = (Number(query.get('page')) - 1) * source.pageSize;
  const rows = within === null ? source.slice(all, page) : all.filter(({ updatedAt }) => Date.parse(updatedAt) > since);
  return { body: { data: { meta: { all_count: all.length }, payload: rows.map(fields) } } };
}

function one(item: VisibleItem | 'gone' | 'hidden', after: number | null): ToolAnswer {
  if (item === 'gone') return none;
  if (item === 'hidden') return notAuthorized;
  if (after === null) return { body: fields(item) };
  const messages = [...opening(item), ...item.events.map((event) => message(event))];
  return { body: { meta: {}, payload: messages.filter(({ id }) => id > after).slice(0, 100) } };
}

function fields({ id, title, createdAt, updatedAt, customer, now }: VisibleItem) {
  const person = people.find((each) => each.id === now.person);
  const team = teams.find((each) => each.id === now.team);
  return {
    id,
    status: statusNames[now.status],
    inbox_id: 1,
    created_at: seconds(createdAt),
    updated_at: seconds(updatedAt),
    additional_attributes: { mail_subject: title },
    meta: {
      channel: 'Channel::Email',
      sender: { id: customer, name: customers.find((each) => each.id === customer)?.name },
      ...(person ? { assignee: person } : {}),
      ...(team ? { team: { id: team.id, name: team.name.toLowerCase() } } : {}),
    },
  };
}

/** Who has a conversation from its creation on was given it by a sentence, too. */
function opening({ id, createdAt, author, initial }: VisibleItem) {
  const team = teams.find((each) => each.id === initial.team);
  return team ? [activity(id, createdAt, `Assigned to ${team.name.toLowerCase()} by ${nameOf(author)}`)] : [];
}

function message(event: ScriptedEvent): { id: number; [field: string]: unknown } {
  const { id, at, actor } = event;
  if (event.kind === 'comment') {
    const sender = { id: actor, name: nameOf(actor), type: 'user' };
    return { ...activity(id, at, event.text), message_type: 1, private: !event.isPublic, sender };
  }
  if (event.kind === 'unknown') return activity(id, at, `${nameOf(actor)} danced`);
  if (event.kind === 'odd') return activity(id, at, { was: ['a', 'sentence'] });
  return activity(id, at, sentenceOf(event));
}

function sentenceOf({ field, to, actor }: ScriptedEvent & { kind: 'change' }): string {
  const by = nameOf(actor);
  if (field === 'status') return `${sentences[String(to)]} ${by}`;
  if (field === 'team') return `Assigned to team ${to} by ${by}`;
  if (to === null) return `Conversation unassigned by ${by}`;
  return to === actor ? `${by} self-assigned this conversation` : `Assigned to ${nameOf(Number(to))} by ${by}`;
}

function activity(id: number, at: string, content: unknown) {
  return { id, content, message_type: 2, private: false, created_at: seconds(at) };
}

function nameOf(id: number): string {
  return people.find((person) => person.id === id)?.name ?? `Person ${id}`;
}

function seconds(at: string): number {
  return Math.floor(Date.parse(at) / 1000);
}

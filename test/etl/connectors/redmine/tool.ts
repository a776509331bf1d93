import type { ScriptedEvent, ScriptedField } from '../../../support/scripted-source/history.js';
import { people, statuses, teams } from '../../../support/scripted-source/history.js';
import type { Tool, ToolAnswer } from '../../../support/scripted-source/server.js';
import type { ScriptedSource, VisibleItem } from '../../../support/scripted-source/source.js';

const none: ToolAnswer = { status: 404, body: '' };

/** A Redmine over a scripted source, as Redmine 5.0 answers: teams are projects, people are their developers. */
export const redmineTool: Tool = ({ path, query }, source) => {
  if (path === '/issues.json') return list(query, source);
  const issue = /^\/issues\/(\d+)\.json$/.exec(path);
  if (issue) return one(Number(issue[1]), source);
  const project = /^\/projects\/(\d+)(\/memberships|\/issue_categories)?\.json$/.exec(path);
  if (project) {
    if (project[2] === '/issue_categories') return { body: { issue_categories: [], total_count: 0 } };
    if (project[2] === '/memberships')
      return { body: { memberships: people.map(member), total_count: people.length, offset: 0, limit: 100 } };
    return { body: { project: teams.find(({ id }) => id === Number(project[1])) } };
  }
  const answers: Record<string, unknown> = {
    '/users/current.json': { user: { id: 1, login: 'reader', admin: true } },
    '/issue_statuses.json': { issue_statuses: statuses.map(({ id, name, isClosed }) => ({ id, name, is_closed: isClosed })) },
    '/groups.json': { groups: [] },
  };
  return path in answers ? { body: answers[path] } : none;
};

/** Redmine keeps parts of a second that it does not show, and compares with them: "from" lets through what lies less than a second before. */
function list(query: URLSearchParams, source: ScriptedSource): ToolAnswer {
  const since = /^>=(.+)$/.exec(query.get('updated_on') ?? '')?.[1];
  const below = /^<=(\d+)$/.exec(query.get('issue_id') ?? '')?.[1];
  const isBound = source.paging !== 'stuck';
  const found = source
    .items()
    .filter(({ updatedAt }) => since === undefined || Date.parse(updatedAt) + 500 > Date.parse(since) - 1_000)
    .filter(({ id }) => below === undefined || !isBound || id <= Number(below));
  if (query.get('sort') === 'id:desc') found.sort((a, b) => b.id - a.id);
  const offset = Number(query.get('offset') ?? 0);
  const rows = source.slice(found, offset, Number(query.get('limit') ?? 25), query.get('sort') ?? '');
  return { body: { issues: rows.map(fields), total_count: found.length, offset, limit: source.pageSize } };
}

function one(id: number, source: ScriptedSource): ToolAnswer {
  const item = source.item(id);
  if (item === 'gone') return none;
  if (item === 'hidden') return { status: 403, body: '' };
  return { body: { issue: { ...fields(item), attachments: [], journals: item.events.map(journal) } } };
}

function fields(item: VisibleItem) {
  const { id, title, createdAt, updatedAt, author, now } = item;
  const status = statuses.find(({ name }) => name === now.status);
  return {
    id,
    project: teams.find((team) => team.id === (now.team ?? 1)),
    tracker: { id: 3, name: 'Support' },
    status: { id: status?.id, name: status?.name, is_closed: status?.isClosed },
    priority: { id: 2, name: 'Normal' },
    author: people.find((person) => person.id === author),
    ...(now.person === null ? {} : { assigned_to: people.find((person) => person.id === now.person) }),
    subject: title,
    description: '',
    due_date: now.due,
    created_on: seconds(createdAt),
    updated_on: seconds(updatedAt),
  };
}

function journal(event: ScriptedEvent) {
  const isComment = event.kind === 'comment';
  return {
    id: event.id,
    user: people.find((person) => person.id === event.actor),
    notes: isComment ? event.text : '',
    created_on: seconds(event.at),
    private_notes: isComment && !event.isPublic,
    details: detailsOf(event),
  };
}

const attributes: Record<ScriptedField, string> = { status: 'status_id', team: 'project_id', person: 'assigned_to_id', due: 'due_date' };

function detailsOf(event: ScriptedEvent): object[] {
  if (event.kind === 'comment') return [];
  if (event.kind === 'unknown') return [{ property: 'mood', name: 'cheer', old_value: null, new_value: '3' }];
  if (event.kind === 'odd') return [{ property: 'attr', name: 'status_id', old_value: '1', new_value: { was: ['an', 'id'] } }];
  const value = (told: string | number | null) =>
    told === null ? null : String(event.field === 'status' ? statuses.find(({ name }) => name === told)?.id : told);
  return [{ property: 'attr', name: attributes[event.field], old_value: value(event.from), new_value: value(event.to) }];
}

function member(user: { id: number; name: string }) {
  return { id: user.id + 100, user, roles: [{ id: 4, name: 'Developer' }] };
}

function seconds(at: string): string {
  return at.replace(/\.\d+Z$/, 'Z');
}

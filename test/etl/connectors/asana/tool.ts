import { people, statuses, teams, type ScriptedEvent } from '../../../support/scripted-source/history.js';
import type { Tool, ToolAnswer } from '../../../support/scripted-source/server.js';
import type { ScriptedSource, VisibleItem } from '../../../support/scripted-source/source.js';

export const project = '4401';
const field = { gid: '77', name: 'Team' };

/** An Asana over a scripted source: one project, a section for each status, teams as a single-select field. */
export const asanaTool: Tool = ({ path, query }, source) => {
  const told = path.replace('/api/1.0/', '');
  if (told === 'tasks') return list(query, source);
  const task = /^tasks\/(\d+)(\/stories)?$/.exec(told);
  if (task) return one(Number(task[1]), source, task[2] !== undefined);
  const answers: Record<string, unknown> = {
    'users/me': { gid: '1', name: 'Reader' },
    [`projects/${project}`]: { gid: project, name: 'Support', workspace: { gid: '9' } },
    [`projects/${project}/sections`]: statuses.map(sectionOf),
    'workspaces/9/workspace_memberships': people.map(({ id }) => ({ user: { gid: String(id) }, is_guest: false })),
  };
  return told in answers ? { body: { data: answers[told], next_page: null } } : { status: 404, body: { errors: [] } };
};

/** Offsets say behind which task a page begins, as those of Asana do. */
function list(query: URLSearchParams, source: ScriptedSource): ToolAnswer {
  const since = Date.parse(query.get('modified_since') ?? '1970-01-01T00:00:00Z');
  const behind = Number(query.get('offset') ?? 0);
  const found = source.items().sort((a, b) => a.id - b.id);
  const matching = found.filter(({ id, updatedAt }) => id > behind && Date.parse(updatedAt) >= since);
  const rows = source.slice(matching, 0);
  const last = Math.max(0, ...rows.map(({ id }) => id));
  const isMore = matching.some(({ id }) => id > last);
  return { body: { data: rows.map(taskOf), next_page: isMore ? { offset: String(last) } : null } };
}

function one(id: number, source: ScriptedSource, wantsStories: boolean): ToolAnswer {
  const item = source.item(id);
  if (item === 'gone') return { status: 404, body: { errors: [{ message: 'task: Unknown object' }] } };
  if (item === 'hidden') return { status: 403, body: { errors: [{ message: 'Forbidden' }] } };
  return { body: { data: wantsStories ? item.events.map(storyOf) : taskOf(item), next_page: null } };
}

function taskOf(item: VisibleItem) {
  const { id, title, createdAt, updatedAt, author, now } = item;
  return {
    gid: String(id),
    name: title,
    notes: '',
    completed: false,
    created_at: createdAt,
    created_by: personOf(author),
    modified_at: updatedAt,
    due_on: now.due,
    due_at: null,
    assignee: now.person === null ? null : personOf(now.person),
    permalink_url: `https://app.asana.com/0/${project}/${id}`,
    memberships: [{ project: { gid: project, name: 'Support' }, section: named(now.status) }],
    custom_fields: [{ ...field, display_value: String(now.team), enum_value: teamOf(now.team) }],
  };
}

function storyOf(event: ScriptedEvent) {
  return { gid: String(event.id), created_at: event.at, created_by: personOf(event.actor), text: '', ...tellingOf(event) };
}

function tellingOf(event: ScriptedEvent): object {
  if (event.kind === 'comment') return { resource_subtype: 'comment_added', text: event.text };
  if (event.kind === 'unknown') return { resource_subtype: 'cheered' };
  if (event.kind === 'odd') return { resource_subtype: 'section_changed', old_section: ['New'], new_section: { gid: { was: 1 } } };
  const { from, to } = event;
  if (event.field === 'status')
    return { resource_subtype: 'section_changed', old_section: named(String(from)), new_section: named(String(to)) };
  if (event.field === 'due')
    return { resource_subtype: 'due_date_changed', old_dates: { due_on: from, due_at: null }, new_dates: { due_on: to, due_at: null } };
  if (event.field === 'person')
    return to === null
      ? { resource_subtype: 'unassigned', assignee: personOf(Number(from)) }
      : { resource_subtype: 'assigned', assignee: personOf(Number(to)) };
  return {
    resource_subtype: 'enum_custom_field_changed',
    custom_field: field,
    old_enum_value: teamOf(Number(from)),
    new_enum_value: teamOf(Number(to)),
  };
}

function sectionOf({ id, name }: { id: number; name: string }) {
  return { gid: `30${id}`, name };
}
function named(status: string) {
  const found = statuses.find(({ name }) => name === status);
  return found ? sectionOf(found) : null;
}
function personOf(id: number) {
  return { gid: String(id), name: people.find((person) => person.id === id)?.name ?? `Person ${id}` };
}
function teamOf(id: number | null) {
  const found = teams.find((team) => team.id === id);
  return found ? { gid: String(found.id), name: found.name } : null;
}

import { people, statuses, teams, type ScriptedEvent } from '../../../support/scripted-source/history.js';
import type { Tool, ToolAnswer } from '../../../support/scripted-source/server.js';
import type { ScriptedSource, VisibleItem } from '../../../support/scripted-source/source.js';

export const project = 'acme/desk';
const root = `/api/v4/projects/${project}`;

/** Statuses of the scripted source as GitLab tells them: by its own open and closed, and by labels. */
export const statusNames: Record<string, string> = { New: 'open', Closed: 'closed' };

/** A GitLab over a scripted source. Teams and statuses are labels; owners and due dates are told by notes. */
export const gitlabTool: Tool = ({ path, query }, source) => {
  if (path === '/api/v4/user') return { body: { id: 11, username: 'person-11', is_admin: false } };
  if (!path.startsWith(root)) return { status: 404, body: { message: '404 Project Not Found' } };
  const rest = path.slice(root.length);
  if (rest === '')
    return {
      body: { id: 7, open_issues_count: source.items().length, permissions: { project_access: { access_level: levelOf(source) } } },
    };
  if (rest === '/issues') return list(query, source);
  if (rest === '/members/all') return { body: people.map(({ id }) => ({ ...user(id), access_level: 30 })) };
  if (rest === '/labels')
    return {
      body: [...statuses.map(({ name }) => `status::${name}`), ...teams.map(({ name }) => `team::${name}`)].map((name) => ({ name })),
    };
  const issue = /^\/issues\/(\d+)(?:\/(resource_state_events|resource_label_events|notes))?$/.exec(rest);
  const item = source.item(Number(issue?.[1]));
  if (!issue || item === 'gone' || item === 'hidden') return { status: 404, body: { message: '404 Not Found' } };
  const told = tell(item);
  return { body: told[(issue[2] ?? 'issue') as keyof typeof told] };
};

/** Issues are hidden by making them confidential from a token that is a guest's from then on. */
function levelOf(source: ScriptedSource): number {
  return source.history.some(({ id }) => source.item(id) === 'hidden') ? 10 : 30;
}

function list(query: URLSearchParams, source: ScriptedSource): ToolAnswer {
  const since = query.get('updated_after');
  const found = source.items().filter(({ updatedAt }) => since === null || Date.parse(updatedAt) >= Date.parse(since));
  if (query.get('order_by') === 'created_at') found.sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.id - b.id);
  const size = Math.min(Number(query.get('per_page') ?? 20), source.pageSize);
  const page = Number(query.get('page') ?? 1);
  return {
    headers: { 'x-next-page': page * size < found.length ? String(page + 1) : '', 'x-page': String(page) },
    body: source.slice(found, (page - 1) * size, size).map((item) => tell(item).issue),
  };
}

function tell(item: VisibleItem) {
  const history = new History(item);
  const isClosed = item.now.status === 'Closed';
  return {
    resource_state_events: history.states,
    resource_label_events: history.labels,
    notes: history.notes,
    issue: {
      id: item.id + 5_000,
      iid: item.id,
      web_url: `https://gitlab.com/${project}/-/issues/${item.id}`,
      title: item.title,
      description: null,
      state: isClosed ? 'closed' : 'opened',
      issue_type: 'issue',
      author: user(item.author),
      assignees: item.now.person === null ? [] : [user(item.now.person)],
      labels: [...history.current].sort(),
      due_date: item.now.due,
      created_at: item.createdAt,
      updated_at: item.updatedAt,
      closed_at: isClosed ? item.updatedAt : null,
    },
  };
}

class History {
  readonly states: object[] = [];
  readonly labels: object[] = [];
  readonly notes: object[] = [];
  readonly current: Set<string>;

  constructor(item: VisibleItem) {
    // Labels an issue was opened with have no event.
    this.current = new Set([teamLabel(item.initial.team)]);
    for (const event of item.events) this.tell(event);
  }

  private tell(event: ScriptedEvent): void {
    if (event.kind === 'unknown') return this.note(event, 'cheered loudly');
    if (event.kind === 'odd') return this.label(event, { was: ['a', 'text'] }, 'add');
    if (event.kind === 'comment') return this.note(event, event.text, { system: false, internal: !event.isPublic });
    const { field, from, to } = event;
    if (field === 'person') {
      const parts = [...(to === null ? [] : [`assigned to @${name(to)}`]), ...(from === null ? [] : [`unassigned @${name(from)}`])];
      return this.note(event, parts.join(' and '));
    }
    if (field === 'due') return this.note(event, to === null ? 'removed due date' : `changed due date to ${long(String(to))}`);
    if (field === 'team') {
      this.label(event, teamLabel(to), 'add');
      return this.label(event, teamLabel(from), 'remove');
    }
    if (to === 'Closed') return this.state(event, 'closed');
    if (from === 'Closed') this.state(event, 'reopened');
    const wanted = to === 'New' ? null : `status::${to}`;
    for (const each of [...this.current].filter((label) => label.startsWith('status::') && label !== wanted))
      this.label(event, each, 'remove');
    if (wanted !== null && !this.current.has(wanted)) this.label(event, wanted, 'add');
  }

  private state(event: ScriptedEvent, state: string): void {
    this.states.push({ ...head(event), user: user(event.actor), state });
  }

  private label(event: ScriptedEvent, name: unknown, action: 'add' | 'remove'): void {
    if (typeof name === 'string' && action === 'add') this.current.add(name);
    else if (typeof name === 'string') this.current.delete(name);
    this.labels.push({ ...head(event), id: event.id * 10 + this.labels.length, user: user(event.actor), label: { id: 3, name }, action });
  }

  private note(event: ScriptedEvent, body: string, more: object = { system: true, internal: false }): void {
    this.notes.push({ ...head(event), author: user(event.actor), body, ...more });
  }
}

function head({ id, at }: ScriptedEvent) {
  return { id, created_at: at };
}

function name(id: unknown): string {
  return `person-${String(id)}`;
}

function user(id: number) {
  return { id, username: name(id), name: `Person ${id}` };
}

function teamLabel(id: unknown): string {
  return `team::Team ${String(id)}`;
}

/** `March 9, 2026`. */
function long(date: string): string {
  return new Date(`${date}T12:00:00Z`).toLocaleDateString('en-US', { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' });
}

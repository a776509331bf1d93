import { people, statuses, teams, type ScriptedEvent } from '../../../support/scripted-source/history.js';
import type { Tool, ToolAnswer } from '../../../support/scripted-source/server.js';
import type { ScriptedSource, VisibleItem } from '../../../support/scripted-source/source.js';

export const repository = 'acme/shop';
const here = `https://api.github.com/repos/${repository}`;

/** Statuses of the scripted source as GitHub tells them: by its own open and closed, and by labels. */
export const statusNames: Record<string, string> = { New: 'open', Closed: 'closed' };

/** A GitHub over a scripted source. Teams and statuses are labels, pull requests lie among the issues. */
export const githubTool: Tool = ({ path, query }, source) => {
  const rest = path.startsWith(`/repos/${repository}`) ? path.slice(`/repos/${repository}`.length) : null;
  if (rest === '') return { body: { full_name: repository, url: here, open_issues_count: source.items().length, has_issues: true } };
  if (rest === '/issues') return list(query, source);
  if (rest === '/labels')
    return {
      body: [...statuses.map(({ name }) => `status: ${name}`), ...teams.map(({ name }) => `team: ${name}`), 'bug'].map((name) => ({
        name,
      })),
    };
  const issue = /^\/issues\/(\d+)(\/timeline)?$/.exec(rest ?? '');
  if (!issue) return { status: 404, body: { message: 'Not Found' } };
  const item = source.item(Number(issue[1]));
  if (item === 'gone') return { status: 410, body: { message: 'This issue was deleted' } };
  if (item === 'hidden') return { status: 403, body: { message: 'Resource not accessible by personal access token' } };
  const told = tell(item);
  return issue[2] === undefined ? { body: told.issue } : { body: told.timeline };
};

function list(query: URLSearchParams, source: ScriptedSource): ToolAnswer {
  const since = query.get('since');
  const found = source.items().filter(({ updatedAt }) => since === null || Date.parse(updatedAt) >= Date.parse(since));
  if (query.get('sort') === 'created') found.sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.id - b.id);
  const size = Math.min(Number(query.get('per_page') ?? 30), source.pageSize);
  const page = Number(query.get('page') ?? 1);
  const hasMore = page * size < found.length;
  return {
    headers: hasMore ? { link: `<${here}/issues?page=${page + 1}>; rel="next", <${here}/issues?page=9>; rel="last"` } : {},
    body: source.slice(found, (page - 1) * size, size).map((item) => tell(item).issue),
  };
}

function tell(item: VisibleItem) {
  const labels = new Set(['bug']);
  const timeline: object[] = [];
  let n = item.id * 1_000;
  const say = (at: string, actor: number, event: string, more: object = {}) =>
    timeline.push({ id: (n += 1), event, actor: user(actor), created_at: seconds(at), ...more });
  const label = (at: string, actor: number, event: 'labeled' | 'unlabeled', name: string) => {
    if (event === 'labeled') labels.add(name);
    else labels.delete(name);
    say(at, actor, event, { label: { name, color: '0e8a16' } });
  };
  say(item.createdAt, item.author, 'subscribed');
  label(item.createdAt, item.author, 'labeled', teamLabel(item.initial.team));
  for (const event of item.events) change(event, labels, say, label);
  const isClosed = item.now.status === 'Closed';
  return {
    timeline,
    issue: {
      number: item.id,
      html_url: `https://github.com/${repository}/issues/${item.id}`,
      repository_url: here,
      title: item.title,
      body: null,
      user: user(item.author),
      author_association: 'MEMBER',
      state: isClosed ? 'closed' : 'open',
      state_reason: isClosed ? 'completed' : null,
      labels: [...labels].sort().map((name) => ({ name })),
      assignees: item.now.person === null ? [] : [user(item.now.person)],
      created_at: seconds(item.createdAt),
      updated_at: seconds(item.updatedAt),
      closed_at: isClosed ? seconds(item.updatedAt) : null,
    },
  };
}

function change(
  event: ScriptedEvent,
  labels: ReadonlySet<string>,
  say: (at: string, actor: number, event: string, more?: object) => void,
  label: (at: string, actor: number, event: 'labeled' | 'unlabeled', name: string) => void,
): void {
  const { at, actor, kind } = event;
  if (kind === 'unknown') return say(at, actor, 'cheered');
  if (kind === 'odd') return say(at, actor, 'labeled', { label: { name: { was: ['a', 'text'] } } });
  if (kind === 'comment') return say(at, actor, 'commented', { user: user(actor), author_association: 'MEMBER', body: event.text });
  if (event.field === 'person') {
    if (event.from !== null) say(at, actor, 'unassigned', { assignee: user(Number(event.from)) });
    if (event.to !== null) say(at, actor, 'assigned', { assignee: user(Number(event.to)) });
  } else if (event.field === 'team') {
    label(at, actor, 'labeled', teamLabel(event.to));
    label(at, actor, 'unlabeled', teamLabel(event.from));
  } else if (event.to === 'Closed') say(at, actor, 'closed', { state_reason: 'completed' });
  else {
    if (event.from === 'Closed') say(at, actor, 'reopened');
    const to = event.to === 'New' ? null : `status: ${event.to}`;
    for (const each of [...labels].filter((name) => name.startsWith('status:') && name !== to)) label(at, actor, 'unlabeled', each);
    if (to !== null && !labels.has(to)) label(at, actor, 'labeled', to);
  }
}

function user(id: number) {
  return {
    id,
    login:
      people
        .find((person) => person.id === id)
        ?.name.toLowerCase()
        .replace(' ', '-') ?? `user-${id}`,
    type: 'User',
  };
}

function teamLabel(id: unknown): string {
  return `team: Team ${String(id)}`;
}

function seconds(at: string): string {
  return at.replace(/\.\d+Z$/, 'Z');
}

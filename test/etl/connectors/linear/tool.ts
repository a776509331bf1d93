import { people, statuses, teams, type ScriptedEvent } from '../../../support/scripted-source/history.js';
import type { Tool, ToolAnswer } from '../../../support/scripted-source/server.js';
import type { ScriptedSource, VisibleItem } from '../../../support/scripted-source/source.js';

interface Asked {
  operationName: string;
  variables: { filter?: { updatedAt?: { gte: string } }; after?: string | null; id?: string };
}
type Shown = VisibleItem & { trashed?: boolean };

const ended = { hasNextPage: false, endCursor: null };
const types = ['backlog', 'started', 'started', 'completed'];

/** A Linear over a scripted source; it is asked by the names of its operations. */
export const linearTool: Tool = ({ path, body }, source) => {
  if (path !== '/graphql') return { status: 404, body: '' };
  const { operationName, variables } = body as Asked;
  const answers: Record<string, () => unknown> = {
    Viewer: () => ({ viewer: { id: '1', name: 'Reader' }, organization: { name: 'Acme', createdIssueCount: source.items().length } }),
    States: () => ({
      workflowStates: { nodes: statuses.map(({ name }, n) => ({ id: stateId(name), name, type: types[n] })), pageInfo: ended },
    }),
    Teams: () => ({ teams: { nodes: teams.map(({ id, name }) => ({ id: String(id), name })), pageInfo: ended } }),
    Users: () => ({ users: { nodes: people.map(({ id, name }) => ({ id: String(id), name })), pageInfo: ended } }),
    Issues: () => ({ issues: issues(variables, source) }),
    History: () => ({ issue: { history: rest(variables, source) } }),
  };
  const answer = answers[operationName];
  return answer ? { body: { data: answer() } } : refusal(operationName);
};

function refusal(operation: string): ToolAnswer {
  return { status: 400, body: { errors: [{ message: `Cannot query ${operation}`, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] } };
}

/** The last changed first; a page begins behind the issue that the cursor names by its time and number. */
function issues({ filter, after }: Asked['variables'], source: ScriptedSource) {
  const since = Date.parse(filter?.updatedAt?.gte ?? '1970-01-01T00:00:00Z');
  const found = [...source.items(), ...trashed(source)].filter(({ updatedAt }) => Date.parse(updatedAt) >= since);
  const left = found.sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1)).filter((item) => !after || placeOf(item) < after);
  const rows = source.slice(left, 0, 50, `issues ${since}`);
  const last = rows.map(placeOf).sort()[0];
  const hasNextPage = last !== undefined && left.some((item) => placeOf(item) < last);
  return { nodes: rows.map(issueOf), pageInfo: { hasNextPage, endCursor: last ?? null } };
}

/** Trashed issues are shown as such, with the time of it as their change. */
function trashed(source: ScriptedSource): Shown[] {
  const history = source.history.filter(({ id }) => source.tombstones().includes(id));
  return history.map((item) => {
    const now = { ...item.initial };
    for (const event of item.events) if (event.kind === 'change') Object.assign(now, { [event.field]: event.to });
    return { ...item, now, updatedAt: source.now, trashed: true };
  });
}

/** Two rows of a history fit in the answer of an issue; the rest is asked for. */
function rest({ id, after }: Asked['variables'], source: ScriptedSource) {
  const item = source.item(Number(id));
  const rows = typeof item === 'string' ? [] : rowsOf(item);
  return { nodes: rows.slice(Number(after)), pageInfo: ended };
}

function issueOf(item: Shown) {
  const { id, title, createdAt, updatedAt, author, now } = item;
  const rows = rowsOf(item);
  const isMore = rows.length > 2 && item.trashed !== true;
  return {
    id: String(id),
    identifier: `ACM-${id}`,
    title,
    description: null,
    url: `https://linear.app/acme/issue/ACM-${id}`,
    createdAt,
    updatedAt,
    archivedAt: item.trashed ? updatedAt : null,
    trashed: item.trashed ?? null,
    dueDate: now.due,
    priorityLabel: 'Medium',
    state: { id: stateId(now.status), type: types[statuses.findIndex(({ name }) => name === now.status)] },
    team: { id: String(now.team) },
    assignee: now.person === null ? null : { id: String(now.person) },
    creator: { id: String(author) },
    history: { nodes: isMore ? rows.slice(0, 2) : rows, pageInfo: isMore ? { hasNextPage: true, endCursor: '2' } : ended },
    comments: { nodes: item.events.flatMap(commentOf), pageInfo: ended },
    relations: { nodes: [], pageInfo: ended },
    needs: { nodes: [] },
  };
}

const rowsOf = (item: Shown) => item.events.flatMap(rowOf);

function rowOf(event: ScriptedEvent): object[] {
  const base = { id: String(event.id), createdAt: event.at, actorId: String(event.actor) };
  if (event.kind === 'odd') return [{ ...base, fromStateId: stateId('New'), toStateId: { was: ['an', 'id'] } }];
  if (event.kind !== 'change') return [];
  const { field, from, to } = event;
  const idOf = (value: string | number | null) => (value === null ? null : String(value));
  if (field === 'status') return [{ ...base, fromStateId: stateId(String(from)), toStateId: stateId(String(to)) }];
  if (field === 'team') return [{ ...base, fromTeamId: idOf(from), toTeamId: idOf(to) }];
  if (field === 'due') return [{ ...base, fromDueDate: from, toDueDate: to }];
  return [{ ...base, fromAssigneeId: idOf(from), toAssigneeId: idOf(to) }];
}

function commentOf(event: ScriptedEvent): object[] {
  if (event.kind !== 'comment') return [];
  return [{ id: String(event.id), body: event.text, createdAt: event.at, user: { id: String(event.actor) } }];
}

function stateId(status: string): string {
  return `state-${statuses.find(({ name }) => name === status)?.id}`;
}
function placeOf({ updatedAt, id }: Shown): string {
  return `${new Date(updatedAt).toISOString()} ${String(id).padStart(6, '0')}`;
}

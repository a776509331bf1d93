import { customers, people, statuses, teams, type ScriptedEvent } from '../../../support/scripted-source/history.js';
import type { Tool, ToolAnswer } from '../../../support/scripted-source/server.js';
import type { ScriptedSource, VisibleItem } from '../../../support/scripted-source/source.js';

const none: ToolAnswer = { status: 404, body: '' };

/** A Freshdesk account over a scripted source: comments are conversations, what changes is shown as it is now. */
export const freshdeskTool: Tool = ({ path, query }, source) => {
  if (path === '/api/v2/tickets') return list(query, source);
  const conversations = /^\/api\/v2\/tickets\/(\d+)\/conversations$/.exec(path);
  if (conversations) {
    const item = source.item(Number(conversations[1]));
    return typeof item === 'string' ? none : { body: item.events.flatMap(conversationOf) };
  }
  const company = /^\/api\/v2\/companies\/(\d+)$/.exec(path);
  if (company) return { body: customers.find(({ id }) => id === Number(company[1])) };
  const answers: Record<string, unknown> = {
    '/api/v2/agents/me': { id: 1, contact: { name: 'Reader', time_zone: 'Berlin' } },
    '/api/v2/agents': people.map(({ id, name }) => ({ id, contact: { name } })),
    '/api/v2/groups': teams,
    '/api/v2/ticket_fields': [{ name: 'status', choices: Object.fromEntries(statuses.map(({ id, name }) => [id + 1, [name, name]])) }],
    '/api/v2/search/tickets': { total: source.items().length, results: [] },
    '/api/v2/surveys/satisfaction_ratings': [],
  };
  return path in answers ? { body: answers[path] } : none;
};

function list(query: URLSearchParams, source: ScriptedSource): ToolAnswer {
  const filter = query.get('filter');
  if (filter === 'spam') return { body: [] };
  const since = Date.parse(query.get('updated_since') ?? '');
  const gone = source.tombstones().flatMap((id) => source.history.find((item) => item.id === id) ?? []);
  const found: object[] =
    filter === 'deleted'
      ? gone.map((item) => ({ id: item.id, status: 2, created_at: item.createdAt, updated_at: source.now }))
      : source
          .items()
          .filter(({ updatedAt }) => Date.parse(updatedAt) >= since)
          .map(ticketOf);
  const offset = (Number(query.get('page')) - 1) * source.pageSize;
  const rows = source.slice(found, offset, Number(query.get('per_page')), filter ?? 'all');
  // A page that comes again and again leads on again and again.
  const isMore = source.paging === 'stuck' || offset + rows.length < found.length;
  return { body: rows, ...(isMore ? { headers: { link: `<https://acme.freshdesk.com/api/v2/tickets?page=2>; rel="next"` } } : {}) };
}

function ticketOf(item: VisibleItem) {
  const { id, title, createdAt, updatedAt, now, author, customer } = item;
  const odd = item.events.some(({ kind }) => kind === 'odd');
  return {
    id,
    subject: title,
    status: odd ? { was: ['an', 'object'] } : (statuses.find(({ name }) => name === now.status)?.id ?? 0) + 1,
    priority: 2,
    source: 1,
    created_at: seconds(createdAt),
    updated_at: seconds(updatedAt),
    group_id: now.team,
    responder_id: now.person,
    requester_id: author,
    company_id: customer,
    due_by: now.due === null ? null : `${now.due}T12:00:00Z`,
  };
}

function conversationOf(event: ScriptedEvent): object[] {
  const common = { id: event.id, user_id: event.actor, incoming: false, created_at: seconds(event.at) };
  if (event.kind === 'unknown') return [{ ...common, private: false, source: 99, body_text: 'Coo' }];
  if (event.kind !== 'comment') return [];
  return [{ ...common, private: !event.isPublic, source: event.isPublic ? 0 : 2, body_text: event.text }];
}

function seconds(at: string): string {
  return at.replace(/\.\d+Z$/, 'Z');
}

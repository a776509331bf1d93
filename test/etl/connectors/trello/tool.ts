import { people, statuses, teams, type ScriptedEvent } from '../../../support/scripted-source/history.js';
import type { Tool, ToolAnswer } from '../../../support/scripted-source/server.js';
import type { ScriptedSource, VisibleItem } from '../../../support/scripted-source/source.js';

export const boardId = (team: number) => `b0${team}`;
export const cardId = (item: number) => hex(0, item);
export const boards = teams.map(({ id }) => boardId(id));

/** A Trello over a scripted source: a board for each team, on each a list for every status. */
export const trelloTool: Tool = ({ path, query }, source) => {
  const told = path.replace('/1/', '');
  if (told === 'members/me') return { body: { id: '1', fullName: 'Reader' } };
  const card = /^cards\/([0-9a-f]+)(\/actions)?$/.exec(told);
  if (card) return one(Number.parseInt(card[1] ?? '', 16), source, query, card[2] !== undefined);
  const [, id = '', what = ''] = /^boards\/(\w+)\/?(\w*)$/.exec(told) ?? [];
  const team = teams.find((each) => boardId(each.id) === id);
  if (!team) return { status: 404, body: 'model not found' };
  const items = () => source.items().filter(({ now }) => now.team === team.id);
  const answers: Record<string, () => unknown> = {
    '': () => ({ id, name: team.name }),
    lists: () => statuses.map(({ name }) => listOf(team.id, name)),
    members: () => people.map((person) => ({ id: String(person.id), fullName: person.name })),
    memberships: () => people.map((person) => ({ idMember: String(person.id), memberType: 'normal' })),
    cards: () => below(items().map(cardOf), query, source, `cards ${id}`),
    actions: () =>
      below(
        items()
          .flatMap(actionsOf)
          .filter(isSince(query.get('since'))),
        query,
        source,
        `actions ${id} ${query.get('since')}`,
      ),
  };
  return { body: answers[what]?.() };
};

function one(id: number, source: ScriptedSource, query: URLSearchParams, wantsActions: boolean): ToolAnswer {
  const item = source.item(id);
  if (item === 'gone') return { status: 404, body: 'The requested resource was not found.' };
  if (item === 'hidden') return { status: 401, body: 'unauthorized card permission requested' };
  if (!wantsActions) return { body: cardOf(item) };
  const before = query.get('before');
  const actions = actionsOf(item).filter((action) => before === null || action.id < before);
  return { body: actions.sort((a, b) => (a.id < b.id ? 1 : -1)) };
}

function below<T extends { id: string }>(rows: T[], query: URLSearchParams, source: ScriptedSource, list: string): T[] {
  const before = query.get('before');
  const found = rows.filter(({ id }) => before === null || id < before).sort((a, b) => (a.id < b.id ? 1 : -1));
  return source.slice(found, 0, 1_000, list);
}

const isSince = (since: string | null) => (action: { date: string }) => since === null || Date.parse(action.date) >= Date.parse(since);

function cardOf(item: VisibleItem) {
  const { id, title, updatedAt, now } = item;
  return {
    id: cardId(id),
    name: title,
    desc: '',
    closed: false,
    due: dueOf(now.due),
    dueComplete: false,
    dateLastActivity: updatedAt,
    idBoard: boardId(now.team ?? 1),
    idList: listOf(now.team ?? 1, now.status).id,
    idMembers: now.person === null ? [] : [String(now.person)],
    labels: [],
    url: `https://trello.com/c/${cardId(id)}`,
  };
}

/** A change of the member is two actions: one comes and one goes. */
function actionsOf(item: VisibleItem) {
  const { initial, author, createdAt } = item;
  const made = { type: 'createCard', data: { list: listOf(initial.team ?? 1, initial.status) } };
  const board = { id: boardId(item.now.team ?? 1) };
  const finished = (action: { type: string; data: object }, at: string, place: number, actor: number) => ({
    ...action,
    id: hex(Math.floor(Date.parse(at) / 1_000), place),
    date: at,
    idMemberCreator: String(actor),
    data: { board, ...action.data, card: { id: cardId(item.id), ...('card' in action.data ? (action.data.card as object) : {}) } },
  });
  return [
    finished(made, createdAt, item.id, author),
    ...item.events.flatMap((event) => tellings(event).map((action, n) => finished(action, event.at, event.id * 1_000 + n, event.actor))),
  ];
}

function tellings(event: ScriptedEvent): { type: string; data: object }[] {
  if (event.kind === 'comment') return [{ type: 'commentCard', data: { text: event.text } }];
  if (event.kind === 'unknown') return [{ type: 'cheerOnCard', data: {} }];
  if (event.kind === 'odd') return [{ type: 'updateCard', data: { listBefore: ['New'], listAfter: { id: 3 } } }];
  const { field, from, to } = event;
  if (field === 'status') return [{ type: 'updateCard', data: { listBefore: listOf(1, String(from)), listAfter: listOf(1, String(to)) } }];
  if (field === 'due') return [{ type: 'updateCard', data: { old: { due: dueOf(from) }, card: { due: dueOf(to) } } }];
  if (field === 'team')
    return [{ type: 'moveCardToBoard', data: { boardSource: { id: boardId(Number(from)) }, board: { id: boardId(Number(to)) } } }];
  return [
    ...(to === null ? [] : [{ type: 'addMemberToCard', data: { idMember: String(to) } }]),
    ...(from === null ? [] : [{ type: 'removeMemberFromCard', data: { idMember: String(from) } }]),
  ];
}

function listOf(team: number, status: string) {
  const found = statuses.find(({ name }) => name === status);
  return { id: `a${team}${found?.id}`, name: status };
}
function dueOf(date: string | number | null) {
  return date === null ? null : `${date}T12:00:00.000Z`;
}
function hex(seconds: number, place: number): string {
  return seconds.toString(16).padStart(8, '0') + place.toString(16).padStart(16, '0');
}

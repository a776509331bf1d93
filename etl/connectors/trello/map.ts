import type { EventRow, ItemRow, MappedRecord, RawRecord } from '../../connector.js';
import { tellStory, type StoryChange, type StoryMessage } from '../item-story.js';
import { readRecord } from '../read-record.js';
import { linksInAll } from '../tool-links.js';
import { mentioned, memberOf, recordSchema, type Action, type CardRecord, type TrelloConfig } from './payload.js';

/** Statuses of a card, whatever list it lies in. */
export const complete = 'Complete';
export const archived = 'Archived';

/** Actions that tell nothing of status, owner, promise or words. */
const saysNothing =
  /Attachment|Checklist|CheckItem|Label|Sticker|vote|CustomField|Comment|^(comment|create|copy|convert|email)|moveCardFromBoard|Location|Plugin|^(add|remove)Member(To|From)Card$|^updateCard$|^moveCardToBoard$/;

/** One card with its actions. Throws `RejectedRecord` where it has another form. */
export function mapCard(config: TrelloConfig, record: RawRecord): MappedRecord {
  const told = readRecord('Trello', recordSchema, record);
  const { card, actions, names } = told;
  const walk = walkOf(config, told);
  const { events, warnings } = tellStory(walk);
  const boards = mentioned(told).boards;
  const people = mentioned(told).members.map((id) => ({ externalId: id, name: nameOf(told, id) }));
  const customer = customerOf(config, told);
  const unknown = actions.filter(({ type }) => !saysNothing.test(type));
  const shortLink = /\/c\/(\w+)/.exec(card.url ?? '')?.[1];
  const item: ItemRow = {
    externalId: card.id,
    ...(shortLink ? { aliases: [shortLink] } : {}),
    asOfAt: walk.updatedAt,
    asOfSeq: 0,
    url: card.url ?? `https://trello.com/c/${card.id}`,
    type: 'card',
    createdAt: walk.createdAt,
    ...(card.name ? { title: card.name } : {}),
    ...(customer ? { customer: customer.externalId } : {}),
    // A template is a form to copy, no piece of work.
    ...(card.isTemplate === true ? { excluded: 'test' as const } : {}),
  };
  const service = config.service === 'board' ? names.boards[card.idBoard] : (card.labels?.[0]?.name ?? undefined);
  if (service) item.service = service;
  return {
    item,
    events,
    links: linksInAll(textsOf(told, walk.createdAt), config.linkedTools),
    people: people.map((person) => ({ ...person, isBot: config.bots.includes(person.name) })),
    teams: boards.map((id) => ({ externalId: id, name: names.boards[id] ?? boardName(actions, id) })),
    customers: customer ? [customer] : [],
    warnings: [...warnings, ...unknown.map(() => 'unknown_kind')],
  };
}

/** Walks the actions of a card: list, board, members and due date as they were before and after each. */
function walkOf(config: TrelloConfig, record: CardRecord): Parameters<typeof tellStory>[0] {
  const { card, actions } = record;
  const made = actions.find(({ type }) => /^(createCard|copyCard|convertToCardFromCheckItem|emailCard)$/.test(type));
  const isFlag = (flag: 'closed' | 'dueComplete') => (action: Action) => typeof action.data.old?.[flag] === 'boolean';
  const flagAtFirst = (flag: 'closed' | 'dueComplete') => actions.find(isFlag(flag))?.data.old?.[flag] ?? card[flag] === true;
  const told = actions.find(({ data }) => data.listBefore);
  const state = {
    list: told?.data.listBefore
      ? listName(record, told.data.listBefore)
      : listName(record, made?.data.list ?? { id: card.idList, name: null }),
    closed: flagAtFirst('closed'),
    dueComplete: flagAtFirst('dueComplete'),
  };
  const statusOf = () => (state.dueComplete ? complete : state.closed ? archived : state.list);
  const members = membersAtFirst(card.idMembers ?? [], actions);
  const changes: StoryChange[] = [];
  const messages: StoryMessage[] = [];
  for (const [order, action] of actions.entries()) {
    const { id, date: at, data, type } = action;
    const step = { at, order, ...actorOf(config, record, action.idMemberCreator) };
    const change = (field: StoryChange['field'], from: string | null, to: string | null) => {
      if (from !== to) changes.push({ id: `action:${id}:${field}`, ...step, field, from, to });
    };
    const [status, person] = [statusOf(), members[0] ?? null];
    const list = data.listAfter ?? (type === 'moveCardToBoard' ? data.list : null);
    if (list) state.list = listName(record, list);
    for (const flag of ['closed', 'dueComplete'] as const) if (isFlag(flag)(action)) state[flag] = data.card?.[flag] === true;
    change('status', status, statusOf());
    const member = memberOf(data);
    if (member !== null && type === 'addMemberToCard' && !members.includes(member)) members.push(member);
    if (member !== null && type === 'removeMemberFromCard' && members.includes(member)) members.splice(members.indexOf(member), 1);
    change('person', person, members[0] ?? null);
    if (type === 'moveCardToBoard' && data.boardSource && data.board) change('team', data.boardSource.id, data.board.id);
    if (data.old && 'due' in data.old) change('due', data.old.due ?? null, data.card?.due ?? null);
    if (type === 'commentCard') {
      const isBot = isProgram(config, record, action.idMemberCreator);
      messages.push({
        id: `action:${id}`,
        ...step,
        side: isBot ? 'system' : sideOf(record, action.idMemberCreator),
        body: data.text ?? '',
      });
    }
  }
  const author = actorOf(config, record, made?.idMemberCreator).actor;
  const now = { ...state, list: listName(record, { id: card.idList, name: null }), closed: card.closed === true };
  const status = card.dueComplete === true ? complete : now.closed ? archived : now.list;
  const createdAt = made?.date ?? madeAt(card.id);
  const person = members.find((id) => card.idMembers?.includes(id)) ?? card.idMembers?.[0] ?? null;
  if (card.desc && sideOf(record, made?.idMemberCreator) === 'customer')
    messages.push({
      id: `${card.id}:desc`,
      at: createdAt,
      order: -1,
      ...(author ? { actor: author } : {}),
      side: 'customer',
      body: card.desc,
    });
  return {
    id: card.id,
    createdAt,
    updatedAt: card.dateLastActivity ?? actions.at(-1)?.date ?? createdAt,
    ...(author ? { author } : {}),
    now: { status, team: card.idBoard, person, due: card.due ?? null },
    changes,
    messages,
  };
}

/** What was written on a card, and where its attachments lead. */
function textsOf({ card, actions }: CardRecord, createdAt: string): { text: string; at: string }[] {
  return [
    { text: `${card.name ?? ''}\n${card.desc ?? ''}`, at: createdAt },
    ...actions.map(({ data, date }) => ({ text: `${data.text ?? ''}\n${data.attachment?.url ?? ''}`, at: date })),
  ];
}

/** Walked back from those on the card now; of several the one who came first owns it. */
function membersAtFirst(now: readonly string[], actions: readonly Action[]): string[] {
  const members = [...now];
  for (const { type, data } of [...actions].reverse()) {
    const member = memberOf(data);
    if (member === null) continue;
    if (type === 'addMemberToCard' && members.includes(member)) members.splice(members.indexOf(member), 1);
    if (type === 'removeMemberFromCard' && !members.includes(member)) members.unshift(member);
  }
  return members;
}

function listName({ names, actions }: CardRecord, { id, name }: { id: string; name?: string | null | undefined }): string {
  const told = actions.flatMap(({ data }) => [data.list, data.listBefore, data.listAfter]).find((list) => list?.id === id)?.name;
  return names.lists[id] ?? name ?? told ?? `#${id}`;
}

function boardName(actions: readonly Action[], id: string): string {
  return actions.flatMap(({ data }) => [data.board, data.boardSource]).find((board) => board?.id === id)?.name ?? id;
}

function nameOf({ names, actions }: CardRecord, id: string): string {
  return names.members[id]?.name ?? actions.find(({ memberCreator }) => memberCreator?.id === id)?.memberCreator?.fullName ?? id;
}

function sideOf({ names }: CardRecord, id: string | null | undefined): 'team' | 'customer' {
  return id && names.members[id]?.isObserver === true ? 'customer' : 'team';
}

function isProgram({ bots }: TrelloConfig, record: CardRecord, id: string | null | undefined): boolean {
  return !id || bots.includes(nameOf(record, id));
}

function actorOf(config: TrelloConfig, record: CardRecord, id: string | null | undefined): { actor?: NonNullable<EventRow['actor']> } {
  if (!id) return {};
  const role = isProgram(config, record, id) ? 'system' : sideOf(record, id) === 'customer' ? 'customer' : 'agent';
  return { actor: { id, role } };
}

function customerOf({ customer }: TrelloConfig, record: CardRecord): { externalId: string; name: string } | undefined {
  const { card, actions, names } = record;
  if (customer === 'board') return { externalId: card.idBoard, name: names.boards[card.idBoard] ?? card.idBoard };
  const author = actions.find(({ type }) => /^(createCard|copyCard|emailCard)$/.test(type))?.idMemberCreator;
  return author && sideOf(record, author) === 'customer' ? { externalId: author, name: nameOf(record, author) } : undefined;
}

/** The first four bytes of an id are the second it was made in. */
function madeAt(id: string): string {
  return new Date(Number.parseInt(id.slice(0, 8), 16) * 1000).toISOString();
}

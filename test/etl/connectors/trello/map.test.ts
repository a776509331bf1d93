import { describe, expect, it } from 'vitest';
import { RejectedRecord, type Json, type MappedRecord } from '#etl/connector.js';
import { trelloConnector } from '#etl/connectors/trello/connector.js';
import { configSchema } from '#etl/connectors/trello/payload.js';

const map = (payload: unknown, more: object = {}): MappedRecord =>
  trelloConnector.map(configSchema.parse({ boards: ['b1', 'b2'], ...more }), 'cards', {
    externalId: 'c1',
    op: 'upsert',
    payload: payload as Json,
  });

const action = (id: string, date: string, by: string, type: string, data: object) => ({
  id,
  type,
  date: `2026-11-${date}:00.000Z`,
  idMemberCreator: by,
  data: { card: { id: 'c1' }, ...data },
});
const inbox = { id: 'l1', name: 'Inbox' };
const doing = { id: 'l2', name: 'Doing' };
const actions = [
  action('a1', '02T08:00', 'cara', 'createCard', { list: inbox, board: { id: 'b1' } }),
  action('a2', '02T09:00', 'mia', 'addMemberToCard', { idMember: 'mia' }),
  action('a3', '02T10:00', 'mia', 'updateCard', { card: { id: 'c1', due: '2026-11-05T12:00:00.000Z' }, old: { due: null } }),
  action('a4', '03T08:00', 'mia', 'updateCard', { listBefore: inbox, listAfter: doing }),
  action('a5', '03T09:00', 'mia', 'updateCard', {
    card: { id: 'c1', due: '2026-11-07T12:00:00.000Z' },
    old: { due: '2026-11-05T12:00:00.000Z' },
  }),
  action('a6', '03T10:00', 'mia', 'addMemberToCard', { idMember: 'ben' }),
  action('a7', '03T11:00', 'mia', 'removeMemberFromCard', { idMember: 'mia' }),
  action('a8', '04T08:00', 'ben', 'moveCardToBoard', { board: { id: 'b2' }, boardSource: { id: 'b1', name: 'Desk' } }),
  action('a9', '04T09:00', 'cara', 'commentCard', { text: 'Any news?' }),
  action('b1', '05T08:00', 'ben', 'updateCard', { card: { id: 'c1', closed: true }, old: { closed: false } }),
];
const card = {
  id: 'c1',
  name: 'Printer',
  desc: 'It does not print.',
  closed: true,
  due: '2026-11-07T12:00:00.000Z',
  dueComplete: false,
  dateLastActivity: '2026-11-05T08:00:00.000Z',
  idBoard: 'b2',
  idList: 'l2',
  idMembers: ['ben'],
  labels: [{ id: 'x', name: 'Hardware' }],
  url: 'https://trello.com/c/c1/1-printer',
};
const member = (name: string, isObserver = false) => ({ name, isObserver });
const names = {
  boards: { b1: 'Desk', b2: 'Workshop' },
  lists: { l1: 'Inbox', l2: 'Doing' },
  members: { cara: member('Cara Cust', true), mia: member('Mia Moss'), ben: member('Ben Bolt') },
};
const record = { card, actions, names };
const changes = (mapped: MappedRecord) =>
  (mapped.events ?? [])
    .filter(({ kind }) => kind === 'changed')
    .map(({ at, status, team, person }) => [at.slice(8, 16), status ?? team ?? person ?? null]);

describe('a card of an observer', () => {
  const { item, events = [], customers, teams, warnings } = map(record);

  it('began with what its first actions changed from', () => {
    expect(events[0]).toEqual({
      externalId: 'c1:created',
      kind: 'created',
      at: '2026-11-02T08:00:00.000Z',
      seq: 0,
      actor: { id: 'cara', role: 'customer' },
      status: 'Inbox',
      team: 'b1',
      person: null,
    });
  });

  it('goes through lists, boards and members until it is archived', () => {
    expect(changes(map(record))).toEqual([
      ['02T09:00', 'mia'],
      ['03T08:00', 'Doing'],
      // Ben came at ten; the card is his when Mia leaves it.
      ['03T11:00', 'ben'],
      ['04T08:00', 'b2'],
      ['05T08:00', 'Archived'],
    ]);
  });

  it('has a due date given and moved', () => {
    expect(events.filter(({ kind }) => kind === 'promised').map(({ externalId, dueAt }) => [externalId, dueAt])).toEqual([
      ['action:a3:due', '2026-11-05T12:00:00.000Z'],
      ['action:a5:due', '2026-11-07T12:00:00.000Z'],
    ]);
  });

  it('tells by whom a comment is, and nothing of who may read it', () => {
    const said = events.filter(({ kind }) => kind === 'said');
    expect(said.map(({ side, isPublic, message }) => [side, isPublic, message?.body])).toEqual([
      ['customer', undefined, 'It does not print.'],
      ['customer', undefined, 'Any news?'],
    ]);
  });

  it('is described as it is now', () => {
    expect(item).toEqual({
      externalId: 'c1',
      aliases: ['c1'],
      asOfAt: '2026-11-05T08:00:00.000Z',
      asOfSeq: 0,
      title: 'Printer',
      url: 'https://trello.com/c/c1/1-printer',
      type: 'card',
      service: 'Workshop',
      customer: 'cara',
      createdAt: '2026-11-02T08:00:00.000Z',
    });
    expect(customers).toEqual([{ externalId: 'cara', name: 'Cara Cust' }]);
    expect(teams).toEqual([
      { externalId: 'b1', name: 'Desk' },
      { externalId: 'b2', name: 'Workshop' },
    ]);
  });

  it('leaves nothing to wonder about', () => expect(warnings).toEqual([]));
});

it('a card marked complete stays so when it is archived', () => {
  const done = action('a0', '04T10:00', 'ben', 'updateCard', { card: { id: 'c1', dueComplete: true }, old: { dueComplete: false } });
  const mapped = map({ ...record, card: { ...card, dueComplete: true }, actions: [...actions.slice(0, 9), done, ...actions.slice(9)] });
  expect(changes(mapped).at(-1)).toEqual(['04T10:00', 'Complete']);
});

it('a card without actions was made in the second that its id names', () => {
  // 0x6402f643 = 1,677,915,715 s after 1970.
  const mapped = map({ card: { ...card, id: '6402f643d23aa9af56b28ffd', closed: false }, actions: [], names });
  expect(mapped.events?.[0]).toMatchObject({ at: '2023-03-04T07:41:55.000Z', status: 'Doing', team: 'b2', person: 'ben' });
});

it('an action of an unknown kind is counted', () => {
  expect(map({ ...record, actions: [...actions, action('b2', '05T09:00', 'ben', 'cheerOnCard', {})] }).warnings).toEqual(['unknown_kind']);
});

it('a card without a list is refused', () => {
  expect(() => map({ ...record, card: { ...card, idList: null } })).toThrow(RejectedRecord);
});

it('items of other tools that its texts name are links since the first time', () => {
  const mapped = map(
    {
      ...record,
      actions: [...actions, action('b2', '05T09:00', 'ben', 'commentCard', { text: 'See https://acme.zendesk.com/agent/tickets/35.' })],
    },
    { linkedTools: { 'Help desk': 'https://acme.zendesk.com' } },
  );
  expect(mapped.links?.filter(({ to }) => to.connection)).toEqual([
    { to: { connection: 'Help desk', externalId: '35' }, kind: 'relates', at: '2026-11-05T09:00:00.000Z' },
  ]);
});

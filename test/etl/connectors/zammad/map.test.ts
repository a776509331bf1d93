import { expect, test } from 'vitest';
import type { Json } from '#etl/connector.js';
import { mapTicket } from '#etl/connectors/zammad/map.js';
import { zammadConfigSchema } from '#etl/connectors/zammad/payload.js';

const config = zammadConfigSchema.parse({ url: 'https://support.example.com/', dueField: 'due', zone: 'Europe/Berlin' });
const ticket = {
  id: 35,
  number: '470035',
  title: 'Printer on fire',
  state: 'open',
  group_id: 2,
  group: 'Second line',
  priority: '3 high',
  owner_id: 1,
  customer_id: 7,
  organization_id: 9,
  organization: 'Acme',
  create_article_type: 'email',
  created_by_id: 7,
  due: '2026-03-05',
  created_at: '2026-03-01T08:00:00.000Z',
  updated_at: '2026-03-02T10:00:00.000Z',
};
const entry = (id: number, attribute: string, values: { [key: string]: Json }, more: { [key: string]: Json } = {}) => ({
  id,
  type: 'updated',
  object: 'Ticket',
  o_id: 35,
  attribute,
  ...values,
  created_by_id: 20,
  created_at: '2026-03-02T10:00:00.000Z',
  ...more,
});
const article = (id: number, sender: string, internal: boolean, body: string, content_type = 'text/plain') => ({
  id,
  sender,
  internal,
  body,
  content_type,
  created_by_id: sender === 'Customer' ? 7 : 20,
  created_at: '2026-03-01T09:00:00.000Z',
  attachments: [],
});
const map = (change: { [key: string]: Json } = {}, given = config) =>
  mapTicket(given, {
    externalId: '35',
    op: 'upsert',
    payload: {
      ticket,
      history: [],
      articles: [],
      people: { '7': { name: 'Ada', isStaff: false }, '20': { name: 'Ben', isStaff: true } },
      ...change,
    },
  });

test('a ticket is an item of its organization, or of whoever it is for', () => {
  expect(map().item).toEqual({
    externalId: '35',
    asOfAt: '2026-03-02T10:00:00.000Z',
    asOfSeq: 0,
    type: 'ticket',
    url: 'https://support.example.com/#ticket/zoom/35',
    createdAt: '2026-03-01T08:00:00.000Z',
    attributes: { number: '470035' },
    title: 'Printer on fire',
    priority: '3 high',
    channel: 'email',
    customer: 'organization 9',
  });
  expect(map().customers).toEqual([{ externalId: 'organization 9', name: 'Acme' }]);
  expect(map({}, { ...config, customer: 'customer' }).customers).toEqual([{ externalId: 'user 7', name: 'Ada' }]);
  expect(map().people).toEqual([{ externalId: '20', name: 'Ben' }]);
});

test('the creation has the first values of each attribute, and the history changes them', () => {
  const history = [
    entry(1, 'state', { value_from: 'new', value_to: 'open' }),
    entry(2, 'group', { value_from: 'First line', value_to: 'Second line', id_from: 1, id_to: 2 }),
    entry(3, 'owner', { value_from: 'Ben', value_to: '-', id_from: 20, id_to: 1 }),
    entry(4, 'due', { value_from: '2026-03-04 10:00:00 UTC', value_to: '2026-03-05' }),
    entry(5, 'priority', { value_from: '2 normal', value_to: '3 high' }),
  ];
  const customer = { id: '7', role: 'customer' };
  const actor = { id: '20', role: 'agent' };
  const [createdAt, at] = ['2026-03-01T08:00:00.000Z', '2026-03-02T10:00:00.000Z'];
  const { events, teams, warnings } = map({ history });
  expect(events).toEqual([
    { externalId: '35:created', kind: 'created', at: createdAt, seq: 0, status: 'new', team: '1', person: '20', actor: customer },
    { externalId: '35:created:due', kind: 'promised', at: createdAt, seq: 1, dueAt: '2026-03-04T10:00:00Z', actor: customer },
    { externalId: 'history:1', kind: 'changed', at, seq: 2, actor, status: 'open' },
    { externalId: 'history:2', kind: 'changed', at, seq: 3, actor, team: '2' },
    { externalId: 'history:3', kind: 'changed', at, seq: 4, actor, person: null },
    { externalId: 'history:4', kind: 'promised', at, seq: 5, actor, dueAt: '2026-03-05T16:00:00Z' },
  ]);
  expect(teams).toEqual([
    { externalId: '2', name: 'Second line' },
    { externalId: '1', name: 'First line' },
  ]);
  expect(warnings).toEqual([]);
});

test('articles have the side of their sender, and internal ones are not public', () => {
  const articles = [
    article(1, 'Customer', false, '<p>It <b>burns</b></p>', 'text/html'),
    article(2, 'Agent', true, 'Ask the vendor'),
    article(3, 'System', false, 'We got your mail'),
  ];
  const said = map({ articles }).events?.filter(({ kind }) => kind === 'said');
  expect(said?.map(({ side, isPublic, isBot, message }) => [side, isPublic, isBot, message?.body])).toEqual([
    ['customer', true, false, 'It burns'],
    ['team', false, false, 'Ask the vendor'],
    ['system', true, true, 'We got your mail'],
  ]);
});

test('a merged ticket is no work of its own, and says into which it went', () => {
  const merged = entry(6, '', { id_to: 31 }, { type: 'merged_into' });
  const { item, links } = map({ ticket: { ...ticket, state: 'merged' }, history: [merged] });
  expect(item?.excluded).toBe('merged');
  expect(links).toEqual([{ to: { externalId: '31' }, kind: 'duplicates', at: '2026-03-02T10:00:00.000Z' }]);
});

test('entries of an unknown kind are counted, and a record of another form is refused', () => {
  expect(map({ history: [entry(1, 'state', {}, { type: 'danced' })] }).warnings).toEqual(['unknown_kind:danced']);
  expect(() => map({ ticket: { ...ticket, state: 5 } })).toThrow(/state/);
  expect(() => map({ ticket: { ...ticket, due: 'soon' } })).toThrow('The due date is "soon"');
});

test('what it names of other tools by address, also behind words and in attributes, is linked', () => {
  const given = { ...config, linkedTools: { tracker: 'https://acme.atlassian.net' } };
  const html = '<a href="https://acme.atlassian.net/browse/SUP-12">the issue</a>';
  const told = {
    ticket: { ...ticket, bug: 'https://acme.atlassian.net/browse/SUP-13' },
    articles: [article(1, 'Agent', true, html, 'text/html')],
  };
  expect(map(told, given).links).toEqual([
    { to: { connection: 'tracker', externalId: 'SUP-13' }, kind: 'relates', at: '2026-03-01T08:00:00.000Z' },
    { to: { connection: 'tracker', externalId: 'SUP-12' }, kind: 'relates', at: '2026-03-01T09:00:00.000Z' },
  ]);
});

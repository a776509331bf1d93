import { expect, test } from 'vitest';
import type { Json, MappedRecord } from '#etl/connector.js';
import { mapFreshdesk } from '#etl/connectors/freshdesk/map.js';
import { freshdeskConfigSchema } from '#etl/connectors/freshdesk/payload.js';

const config = freshdeskConfigSchema.parse({ url: 'https://acme.freshdesk.com/' });
const map = (stream: string, payload: Json, given = config): MappedRecord =>
  mapFreshdesk(given, stream, { externalId: '20', payload, op: 'upsert' });

const ticket = {
  id: 20,
  subject: 'Printer on fire',
  type: 'Incident',
  status: 3,
  priority: 4,
  source: 1,
  created_at: '2026-03-01T08:00:00Z',
  updated_at: '2026-03-02T08:00:00Z',
  group_id: 5,
  responder_id: 11,
  requester_id: 7,
  company_id: 9,
  due_by: '2026-03-04T16:00:00Z',
  description_text: 'It burns',
  requester: { id: 7, name: 'Bob' },
  stats: { status_updated_at: '2026-03-01T12:00:00Z', resolved_at: null, closed_at: null },
};
const names = { statuses: { '3': 'Pending', '4': 'Resolved', '5': 'Closed' }, team: 'First line', person: 'Ada', company: 'Acme' };

test('a ticket is an item with its group as service and its company as customer', () => {
  const { item, people, teams, customers } = map('tickets', { ticket, names });
  expect(item).toEqual({
    externalId: '20',
    asOfAt: '2026-03-02T08:00:00Z',
    asOfSeq: 0,
    type: 'Incident',
    url: 'https://acme.freshdesk.com/a/tickets/20',
    createdAt: '2026-03-01T08:00:00Z',
    title: 'Printer on fire',
    priority: 'urgent',
    channel: 'email',
    service: 'First line',
    customer: 'company 9',
  });
  expect([people, teams, customers]).toEqual([
    [{ externalId: '11', name: 'Ada' }],
    [{ externalId: '5', name: 'First line' }],
    [{ externalId: 'company 9', name: 'Acme' }],
  ]);
});

test('the requester waits where there is no company, or where the connection says so', () => {
  expect(map('tickets', { ticket: { ...ticket, company_id: null }, names }).customers).toEqual([
    { externalId: 'requester 7', name: 'Bob' },
  ]);
  expect(map('tickets', { ticket, names }, { ...config, customer: 'requester' }).item?.customer).toBe('requester 7');
});

test('a state that was seen tells status at its own time, owner and due date at the time of the last change', () => {
  expect(map('tickets', { ticket, names }).events).toEqual([
    { externalId: '20 created', kind: 'created', at: '2026-03-01T08:00:00Z', seq: 0 },
    {
      externalId: '20 description',
      kind: 'said',
      at: '2026-03-01T08:00:00Z',
      seq: 1,
      actor: { role: 'customer' },
      side: 'customer',
      isPublic: true,
      isBot: false,
      message: { body: 'It burns' },
    },
    { externalId: '20 status 3 2026-03-01T12:00:00Z', kind: 'changed', at: '2026-03-01T12:00:00Z', seq: 2, status: 'Pending' },
    { externalId: '20 owner 2026-03-02T08:00:00Z', kind: 'changed', at: '2026-03-02T08:00:00Z', seq: 3, team: '5', person: '11' },
    { externalId: '20 due 2026-03-02T08:00:00Z', kind: 'promised', at: '2026-03-02T08:00:00Z', seq: 4, dueAt: '2026-03-04T16:00:00Z' },
  ]);
});

test('a closed ticket was resolved before; nobody has what has neither group nor agent', () => {
  const stats = { status_updated_at: '2026-03-05T00:00:00Z', resolved_at: '2026-03-03T09:00:00Z', closed_at: '2026-03-05T00:00:00Z' };
  const { events } = map('tickets', { ticket: { ...ticket, status: 5, stats, group_id: null, responder_id: null, due_by: null }, names });
  expect(events?.flatMap(({ at, status }) => (status === undefined ? [] : [[at, status]]))).toEqual([
    ['2026-03-03T09:00:00Z', 'Resolved'],
    ['2026-03-05T00:00:00Z', 'Closed'],
  ]);
  expect(events?.find(({ externalId }) => externalId.includes('owner'))).toMatchObject({ team: null, person: null });
  expect(events?.find(({ kind }) => kind === 'promised')?.dueAt).toBeNull();
});

test('without times of their own, statuses hold from the last change; a date field of the account can be the promise', () => {
  const { stats: _stats, ...bare } = ticket;
  const given = { ...config, dueField: 'cf_promised', zone: 'Europe/Berlin', endOfDay: '18:00' };
  const { events } = map('tickets', { ticket: { ...bare, custom_fields: { cf_promised: '2026-03-06' } }, names }, given);
  expect(events?.find(({ status }) => status !== undefined)?.at).toBe('2026-03-02T08:00:00Z');
  expect(events?.find(({ kind }) => kind === 'promised')?.dueAt).toBe('2026-03-06T17:00:00Z');
});

test.each([
  [{ incoming: true, private: false, source: 0 }, ['customer', true, 'customer']],
  [{ incoming: false, private: false, source: 0 }, ['team', true, 'agent']],
  [{ incoming: false, private: true, source: 2 }, ['team', false, 'agent']],
  [{ incoming: false, private: false, source: 8 }, ['team', false, 'agent']],
])('a conversation %j is said by and to %j', (kind, told) => {
  const conversation = { id: 3, user_id: 11, created_at: '2026-03-01T09:00:00Z', body_text: 'Hello', ...kind };
  const { events, item } = map('tickets', { ticket: 20, conversation });
  expect(item).toEqual({ externalId: '20', asOfAt: '1970-01-01T00:00:00Z', asOfSeq: 0, type: 'ticket' });
  expect(events?.map(({ side, isPublic, actor }) => [side, isPublic, actor?.role])).toEqual([told]);
  expect(events?.[0]?.externalId).toBe('20 conversation 3');
});

test('an address of another tool in a conversation is a link', () => {
  const conversation = { id: 3, created_at: '2026-03-01T09:00:00Z', body_text: 'See https://tracker.example.com/issues/7.' };
  const given = { ...config, linkedTools: { tracker: 'https://tracker.example.com' } };
  expect(map('tickets', { ticket: 20, conversation }, given).links).toEqual([
    { to: { connection: 'tracker', externalId: '7' }, kind: 'relates', at: '2026-03-01T09:00:00Z' },
  ]);
});

test('a conversation of an unknown source and a rating of an unknown answer are counted', () => {
  const conversation = { id: 3, created_at: '2026-03-01T09:00:00Z', source: 99 };
  expect(map('tickets', { ticket: 20, conversation }).warnings).toEqual(['unknown_kind:source 99']);
  const rating = { id: 1, ticket_id: 20, created_at: '2026-03-05T10:00:00Z', ratings: { default_question: 7 } };
  expect(map('ratings', rating).warnings).toEqual(['unknown_kind:rating 7']);
});

test.each([
  [103, 1],
  [100, 0.5],
  [-103, 0],
])('the answer %i of a survey is the rating %d', (answer, rating) => {
  const { events } = map('ratings', { id: 1, ticket_id: 20, created_at: '2026-03-05T10:00:00Z', ratings: { default_question: answer } });
  expect(events).toEqual([{ externalId: 'rating 1', kind: 'rated', at: '2026-03-05T10:00:00Z', seq: 0, rating }]);
});

test('deleted tickets are marked deleted, spam is no work', () => {
  expect(map('deleted', ticket).item).toMatchObject({ externalId: '20', deletedAt: '2026-03-02T08:00:00Z', asOfSeq: 1 });
  expect(map('spam', ticket).item).toMatchObject({ externalId: '20', excluded: 'spam' });
});

test('a ticket without what every ticket has is refused with the reason', () => {
  expect(() => map('tickets', { ticket: { ...ticket, status: { was: 'odd' } }, names })).toThrow(/status/);
});

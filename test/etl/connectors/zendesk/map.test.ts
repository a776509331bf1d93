import { expect, test } from 'vitest';
import type { Json, MappedRecord } from '#etl/connector.js';
import { mapZendesk } from '#etl/connectors/zendesk/map.js';
import { zendeskConfigSchema } from '#etl/connectors/zendesk/payload.js';

const config = zendeskConfigSchema.parse({ url: 'https://acme.zendesk.com/' });
const map = (stream: string, payload: Json, given = config): MappedRecord =>
  mapZendesk(given, stream, { externalId: '1', payload, op: 'upsert' });

const ticket = {
  id: 35,
  status: 'open',
  subject: 'Printer on fire',
  type: 'incident',
  priority: 'high',
  created_at: '2026-03-01T08:00:00Z',
  updated_at: '2026-03-02T08:00:00Z',
  generated_timestamp: 1772438400,
  requester_id: 7,
  organization_id: 9,
  problem_id: 31,
  tags: ['printer'],
  via: { channel: 'email', source: { rel: 'follow_up', from: { ticket_id: 12 } } },
};

test('a ticket is an item with its customer, channel, address and the tickets it names', () => {
  expect(map('tickets', { ticket, form: 'Hardware' })).toEqual({
    item: {
      externalId: '35',
      asOfAt: '2026-03-02T08:00:00.000Z',
      asOfSeq: 0,
      type: 'incident',
      url: 'https://acme.zendesk.com/agent/tickets/35',
      createdAt: '2026-03-01T08:00:00Z',
      title: 'Printer on fire',
      priority: 'high',
      channel: 'email',
      service: 'Hardware',
      customer: 'organization 9',
    },
    links: [
      { to: { externalId: '31' }, kind: 'relates', at: '2026-03-01T08:00:00Z' },
      { to: { externalId: '12' }, kind: 'relates', at: '2026-03-01T08:00:00Z' },
    ],
  });
});

test.each([
  [{ status: 'deleted' }, [undefined, '2026-03-02T08:00:00.000Z']],
  [{ status: 'closed', tags: ['closed_by_merge'] }, ['merged', undefined]],
  [{ status: 'closed' }, [undefined, undefined]],
])('a ticket with %j is excluded and deleted as %j', (change, told) => {
  const { item } = map('tickets', { ticket: { ...ticket, ...change } });
  expect([item?.excluded, item?.deletedAt]).toEqual(told);
});

test('the requester waits where there is no organization, or where the connection says so', () => {
  expect(map('tickets', { ticket: { ...ticket, organization_id: null } }).item?.customer).toBe('user 7');
  expect(map('tickets', { ticket }, { ...config, customer: 'requester' }).item?.customer).toBe('user 7');
});

const update = (children: Json[], more: { [key: string]: Json } = {}): Json => ({
  update: {
    id: 900,
    ticket_id: 35,
    created_at: '2026-03-01T08:00:00Z',
    timestamp: 1772352000,
    updater_id: 7,
    child_events: children,
    ...more,
  },
  roles: { '7': 'end-user', '20': 'agent' },
});

test('the first update is the creation with the initial values, and the customer’s first word', () => {
  const { events, item } = map(
    'updates',
    update([
      { id: 1, via: 'Mail', subject: 'Printer on fire', event_type: 'Create' },
      { id: 2, via: 'Mail', status: 'new', event_type: 'Create' },
      { id: 3, via: 'Mail', group_id: 4, event_type: 'Create' },
      { id: 4, via: 'Mail', event_type: 'Comment', author_id: 7, public: true, body: 'It burns', attachments: [{ file_name: 'fire.png' }] },
      { id: 5, event_type: 'Notification', via: 'Rule' },
    ]),
  );
  expect(item).toEqual({ externalId: '35', asOfAt: '1970-01-01T00:00:00Z', asOfSeq: 0, type: 'ticket' });
  const customer = { id: '7', role: 'customer' };
  const at = '2026-03-01T08:00:00Z';
  expect(events).toEqual([
    { externalId: 'audit 900 1', kind: 'created', at, seq: 1, status: 'new', team: '4', person: null, actor: customer },
    {
      externalId: 'audit 900 4',
      kind: 'said',
      at,
      seq: 4,
      side: 'customer',
      isPublic: true,
      isBot: false,
      actor: customer,
      message: { body: 'It burns', attachments: ['fire.png'] },
    },
  ]);
});

test('changes of status, group, assignee and due date are one event each', () => {
  const { events } = map(
    'updates',
    update(
      [
        { id: 1, status: 'pending', previous_value: 'open', event_type: 'Change' },
        { id: 2, group_id: '5', previous_value: '4', event_type: 'Change' },
        { id: 3, assignee_id: null, previous_value: '20', event_type: 'Change' },
        { id: 4, due_at: '2026-03-05T16:00:00Z', previous_value: null, event_type: 'Change' },
        { id: 5, due_at: null, previous_value: '2026-03-05T16:00:00Z', event_type: 'Change' },
        { id: 6, priority: 'low', previous_value: 'high', event_type: 'Change' },
      ],
      { updater_id: 20 },
    ),
  );
  const actor = { id: '20', role: 'agent' };
  const at = '2026-03-01T08:00:00Z';
  expect(events).toEqual([
    { externalId: 'audit 900 1', kind: 'changed', at, seq: 1, actor, status: 'pending' },
    { externalId: 'audit 900 2', kind: 'changed', at, seq: 2, actor, team: '5' },
    { externalId: 'audit 900 3', kind: 'changed', at, seq: 3, actor, person: null },
    { externalId: 'audit 900 4 due', kind: 'promised', at, seq: 4, dueAt: '2026-03-05T16:00:00Z' },
    { externalId: 'audit 900 5 due', kind: 'promised', at, seq: 5, dueAt: null },
  ]);
});

test('a date field of the account can be the promise; a day ends when the connection says', () => {
  const children: Json[] = [
    { id: 1, custom_ticket_fields: { '360': '2026-03-05' }, previous_value: null, event_type: 'Change' },
    { id: 2, custom_ticket_fields: { '360': null }, previous_value: '2026-03-05', event_type: 'Change' },
    { id: 3, due_at: '2026-03-09T16:00:00Z', event_type: 'Change' },
  ];
  const given = { ...config, dueField: 360, zone: 'Europe/Berlin', endOfDay: '18:00' };
  const { events } = map('updates', update(children), given);
  expect(events?.map(({ kind, dueAt }) => [kind, dueAt])).toEqual([
    ['promised', '2026-03-05T17:00:00Z'],
    ['promised', null],
  ]);
});

test('an internal note of an agent is no public word; a trigger’s mail is no person’s', () => {
  const { events } = map(
    'updates',
    update([
      { id: 1, event_type: 'Comment', author_id: 20, public: false, body: 'Ask the vendor' },
      { id: 2, event_type: 'Comment', author_id: -1, public: true, body: 'We got your mail' },
    ]),
  );
  expect(events?.map(({ side, isPublic, isBot, actor }) => [side, isPublic, isBot, actor?.role])).toEqual([
    ['team', false, false, 'agent'],
    ['system', true, true, 'system'],
  ]);
});

test('ratings are good or bad; an offer of one is none', () => {
  const { events } = map(
    'updates',
    update([
      { id: 1, event_type: 'SatisfactionRating', score: 'offered' },
      { id: 2, event_type: 'SatisfactionRating', score: 'good' },
      { id: 3, event_type: 'SatisfactionRating', score: 'bad' },
    ]),
  );
  expect(events?.map(({ kind, rating }) => [kind, rating])).toEqual([
    ['rated', 1],
    ['rated', 0],
  ]);
});

test('what is not known is counted, and the rest is read', () => {
  const { events, warnings } = map(
    'updates',
    update([
      { id: 1, event_type: 'HologramShown' },
      { id: 2, event_type: 'Comment', author_id: 99, public: true, body: 'Who am I' },
      { id: 3, event_type: 'CommentPrivacyChange', comment_id: 2, public: false },
      { id: 4, status: 'solved', event_type: 'Change' },
    ]),
  );
  expect(warnings).toEqual(['unknown_kind:HologramShown', 'author_role_unknown', 'comment_visibility_changed']);
  expect(events?.map(({ kind }) => kind)).toEqual(['said', 'changed']);
});

test('people are agents or customers, groups are teams', () => {
  const user = {
    id: 7,
    name: 'Ada',
    role: 'end-user',
    organization_id: 9,
    locale: 'tr-TR',
    iana_time_zone: 'Europe/Istanbul',
    created_at: '2025-01-01T00:00:00Z',
  };
  expect(map('users', user)).toEqual({
    customers: [
      {
        externalId: 'user 7',
        name: 'Ada',
        group: 'organization 9',
        language: 'tr',
        timeZone: 'Europe/Istanbul',
        since: '2025-01-01T00:00:00Z',
      },
    ],
  });
  expect(map('users', { id: 20, name: 'Ben', role: 'agent' })).toEqual({ people: [{ externalId: '20', name: 'Ben' }] });
  expect(map('groups', { id: 4, name: 'First line' })).toEqual({ teams: [{ externalId: '4', name: 'First line' }] });
  expect(map('organizations', { id: 9, name: 'Acme' })).toEqual({ customers: [{ externalId: 'organization 9', name: 'Acme' }] });
});

test('a ticket without what every ticket has is refused with the reason', () => {
  expect(() => map('tickets', { ticket: { ...ticket, status: 5 } })).toThrow(/status/);
});

test('what a ticket names of other tools by address in its subject, description and fields is linked', () => {
  const given = { ...config, linkedTools: { tracker: 'https://acme.atlassian.net' } };
  const told = {
    ...ticket,
    description: 'Again https://acme.atlassian.net/browse/SUP-12',
    custom_fields: [
      { id: 1, value: 'https://acme.atlassian.net/browse/SUP-13' },
      { id: 2, value: null },
      { id: 3, value: ['tag'] },
    ],
  };
  const links = map('tickets', { ticket: told }, given).links ?? [];
  expect(links.flatMap(({ to }) => (to.connection ? [to] : []))).toEqual([
    { connection: 'tracker', externalId: 'SUP-12' },
    { connection: 'tracker', externalId: 'SUP-13' },
  ]);
});

test('what a comment names of other tools by address is linked since the comment', () => {
  const given = { ...config, linkedTools: { tracker: 'https://acme.atlassian.net' } };
  const child = { id: 901, event_type: 'Comment', public: false, body: 'https://acme.atlassian.net/browse/SUP-12' };
  expect(map('updates', update([child]), given).links).toEqual([
    { to: { connection: 'tracker', externalId: 'SUP-12' }, kind: 'relates', at: '2026-03-01T08:00:00Z' },
  ]);
});

import { expect, test } from 'vitest';
import type { Json } from '#etl/connector.js';
import { mapConversation } from '#etl/connectors/intercom/map.js';
import { intercomConfigSchema } from '#etl/connectors/intercom/payload.js';

const start = Date.parse('2026-03-01T08:00:00Z') / 1000;
const at = (minutes: number) => new Date((start + minutes * 60) * 1000).toISOString();
const ada = { type: 'user', id: 'u7', name: 'Ada' };
const ben = { type: 'admin', id: '20', name: 'Ben' };

const part = (id: number, part_type: string, minutes: number, more: { [key: string]: Json } = {}) => ({
  id: String(id),
  part_type,
  created_at: start + minutes * 60,
  author: ben,
  ...more,
});

const plain = intercomConfigSchema.parse({});

function map(parts: Json[] = [], change: { [key: string]: Json } = {}, config = plain) {
  const conversation = {
    id: '35',
    title: null,
    created_at: start,
    updated_at: start + 3_600,
    state: 'open',
    priority: 'not_priority',
    admin_assignee_id: null,
    team_assignee_id: null,
    source: {
      type: 'email',
      id: 's1',
      subject: '<p>Printer</p>',
      body: '<p>It <b>burns</b></p>',
      author: ada,
      attachments: [{ name: 'fire.png' }],
    },
    contacts: { contacts: [{ id: 'u7' }] },
    conversation_parts: { conversation_parts: parts, total_count: parts.length },
    ...change,
  };
  const payload = { conversation, workspace: 'acme1', teams: { '4': 'First line' }, admins: { '20': 'Ben' } };
  return mapConversation(config, { externalId: '35', op: 'upsert', payload });
}

test('a conversation is an item of its contact, and begins open, with nobody and with the first word', () => {
  const { item, events, customers } = map();
  expect(item).toEqual({
    externalId: '35',
    asOfAt: at(60),
    asOfSeq: 0,
    type: 'conversation',
    createdAt: at(0),
    url: 'https://app.intercom.com/a/apps/acme1/conversations/35',
    title: 'Printer',
    priority: 'not_priority',
    channel: 'email',
    customer: 'u7',
  });
  expect(customers).toEqual([{ externalId: 'u7', name: 'Ada' }]);
  const actor = { id: 'u7', role: 'customer' };
  expect(events).toEqual([
    { externalId: '35:created', kind: 'created', at: at(0), seq: 0, status: 'open', team: null, person: null, actor },
    {
      externalId: '35:source',
      kind: 'said',
      at: at(0),
      seq: 2,
      actor,
      side: 'customer',
      isPublic: true,
      isBot: false,
      message: { body: 'It burns', attachments: ['fire.png'] },
    },
  ]);
});

test('parts assign, snooze and close; the word of a customer opens again', () => {
  const { events, warnings } = map(
    [
      part(1, 'assignment', 1, { assigned_to: { type: 'team', id: 4 } }),
      part(2, 'assignment', 2, { assigned_to: { type: 'admin', id: 20 } }),
      part(3, 'snoozed', 3),
      part(4, 'comment', 4, { author: ada, body: '<p>Still?</p>' }),
      part(5, 'close', 5),
      part(6, 'open', 6),
      part(7, 'assignment', 7, { assigned_to: { type: 'nobody_admin', id: null } }),
    ],
    { team_assignee_id: 4 },
  );
  const changes = events?.filter(({ kind }) => kind === 'changed');
  expect(changes?.map(({ externalId, at: when, status, team, person }) => [externalId, when, status ?? team ?? person])).toEqual([
    ['part:1:team', at(1), '4'],
    ['part:2:person', at(2), '20'],
    ['part:3:status', at(3), 'snoozed'],
    ['part:4:status', at(4), 'open'],
    ['part:5:status', at(5), 'closed'],
    ['part:6:status', at(6), 'open'],
    ['part:7:person', at(7), null],
  ]);
  expect(changes?.[3]?.actor).toEqual({ id: 'u7', role: 'customer' });
  expect(warnings).toEqual([]);
});

test('notes are internal, and the AI agent is no person of ours', () => {
  const { events, people } = map([
    part(1, 'note', 1, { body: 'Ask the vendor' }),
    part(2, 'comment', 2, { body: 'We look' }),
    part(3, 'comment', 3, { body: 'Have you tried', author: { type: 'admin', id: '9', name: 'Fin', from_ai_agent: true } }),
    part(4, 'assignment', 4, { body: 'Please take it', assigned_to: { type: 'admin', id: '20' } }),
  ]);
  const said = events?.filter(({ kind }) => kind === 'said').slice(1);
  expect(said?.map(({ side, isPublic, isBot }) => [side, isPublic, isBot])).toEqual([
    ['team', false, false],
    ['team', true, false],
    ['system', true, true],
    ['team', false, false],
  ]);
  expect(people).toEqual([
    { externalId: '20', name: 'Ben', isBot: false },
    { externalId: '9', name: 'Fin', isBot: true },
  ]);
});

test('a rating of one to five is told as 0 to 1', () => {
  const rated = map([], { conversation_rating: { rating: 4, created_at: start, updated_at: start + 120 } }).events?.at(-1);
  expect([rated?.kind, rated?.at, rated?.rating]).toEqual(['rated', at(2), 0.75]);
  expect(map([], { conversation_rating: { rating: null, created_at: start } }).events?.map(({ kind }) => kind)).toEqual([
    'created',
    'said',
  ]);
});

test('where the first parts are missing nothing is said of the beginning, and it is counted', () => {
  const parts = [part(900, 'close', 30)];
  const { events, warnings } = map(parts, { state: 'closed', conversation_parts: { conversation_parts: parts, total_count: 501 } });
  expect(events?.[0]).toEqual({
    externalId: '35:created',
    kind: 'created',
    at: at(0),
    seq: 0,
    actor: { id: 'u7', role: 'customer' },
  });
  expect(events?.slice(2)).toEqual([
    { externalId: '35:seen:person', kind: 'changed', at: at(30), seq: 3, person: null },
    { externalId: '35:seen:team', kind: 'changed', at: at(30), seq: 4, team: null },
    { externalId: 'part:900:status', kind: 'changed', at: at(30), seq: 5, status: 'closed', actor: { id: '20', role: 'agent' } },
  ]);
  expect(warnings).toEqual(['truncated_history']);
});

test('parts of an unknown kind are counted, and a conversation of another form is refused', () => {
  expect(map([part(1, 'danced', 1)]).warnings).toEqual(['unknown_kind:danced']);
  expect(() => map([], { created_at: 'today' })).toThrow(/created_at/);
});

test('what it names of other tools by address, also behind words and in attributes, is linked once', () => {
  const body = '<p>See <a href="https://acme.atlassian.net/browse/SUP-12">the issue</a></p>';
  const parts = [part(1, 'note', 10, { body }), part(2, 'note', 20, { body })];
  const given = { ...plain, linkedTools: { tracker: 'https://acme.atlassian.net' } };
  const issue = (externalId: string) => ({ connection: 'tracker', externalId });
  expect(map(parts, { custom_attributes: { Bug: 'https://acme.atlassian.net/browse/SUP-13', Age: 3 } }, given).links).toEqual([
    { to: issue('SUP-13'), kind: 'relates', at: at(0) },
    { to: issue('SUP-12'), kind: 'relates', at: at(10) },
  ]);
});

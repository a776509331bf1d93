import { expect, test } from 'vitest';
import type { Json } from '#etl/connector.js';
import { mapConversation } from '#etl/connectors/chatwoot/map.js';
import { chatwootConfigSchema } from '#etl/connectors/chatwoot/payload.js';

const config = chatwootConfigSchema.parse({
  url: 'https://support.example.com/',
  account: 4,
  linkedTools: { tracker: 'https://redmine.example.com' },
});
// 1772355600 is 2026-03-01T09:00:00Z; a minute is 60.
const start = 1772355600;
const at = (minute: number) => new Date((start + minute * 60) * 1000).toISOString();
const conversation = {
  id: 35,
  status: 'open',
  priority: 'high',
  inbox_id: 2,
  created_at: start,
  updated_at: start + 3600.25,
  additional_attributes: { mail_subject: 'Printer on fire' },
  meta: {
    channel: 'Channel::Email',
    sender: { id: 70, name: 'Zoe', additional_attributes: { company_name: 'Acme' } },
    assignee: { id: 8, name: 'Ben' },
    team: { id: 1, name: 'support' },
  },
};
const told = (id: number, minute: number, content: string): { [key: string]: Json } => ({
  id,
  content,
  message_type: 2,
  private: false,
  created_at: start + minute * 60,
});
const said = (id: number, minute: number, type: number, content: string, more: { [key: string]: Json } = {}) => ({
  ...told(id, minute, content),
  message_type: type,
  ...more,
});
const byAda = { sender: { id: 7, name: 'Ada', type: 'user' } };
const map = (messages: { [key: string]: Json }[] = [], change: { [key: string]: Json } = {}, given = config) =>
  mapConversation(given, {
    externalId: '35',
    op: 'upsert',
    payload: {
      conversation: { ...conversation, ...change },
      messages,
      isCut: false,
      agents: [
        { id: 7, name: 'Ada' },
        { id: 8, name: 'Ben' },
      ],
      teams: [
        { id: 1, name: 'support' },
        { id: 2, name: 'sales' },
      ],
      inbox: 'Support mail',
    },
  });
const statusesOf = (...given: Parameters<typeof map>) =>
  map(...given).events?.flatMap(({ status, at: when }) => (status === undefined ? [] : [[when, status]]));
const peopleIn = (...given: Parameters<typeof map>) =>
  map(...given).events?.flatMap(({ person }) => (person === undefined ? [] : [person]));

test('a conversation is an item of the company of its contact, or of the contact', () => {
  expect(map().item).toEqual({
    externalId: '35',
    asOfAt: '2026-03-01T10:00:00.250Z',
    asOfSeq: 0,
    type: 'conversation',
    url: 'https://support.example.com/app/accounts/4/conversations/35',
    createdAt: '2026-03-01T09:00:00.000Z',
    title: 'Printer on fire',
    priority: 'high',
    channel: 'Email',
    customer: 'company Acme',
    attributes: { inbox: 'Support mail' },
  });
  expect(map().customers).toEqual([{ externalId: 'company Acme', name: 'Acme' }]);
  expect(map([], {}, { ...config, customer: 'contact' }).customers).toEqual([{ externalId: 'contact 70', name: 'Zoe' }]);
});

test('sentences become changes, and the creation has what the conversation began as', () => {
  const messages = [
    told(101, 1, 'Assigned to sales by Ada'),
    told(102, 2, 'Assigned to Ben via support by Ada'),
    told(103, 3, 'Conversation was snoozed by Ben'),
    told(104, 4, 'Conversation was reopened by Ada'),
  ];
  const [ada, ben] = [
    { id: '7', role: 'agent' },
    { id: '8', role: 'agent' },
  ];
  const { events, warnings, people, teams } = map(messages);
  expect(events).toEqual([
    { externalId: '35:created', kind: 'created', at: at(0), seq: 0, status: 'open' },
    { externalId: 'message:101:team', kind: 'changed', at: at(1), seq: 2, actor: ada, team: '2' },
    { externalId: 'message:102:person', kind: 'changed', at: at(2), seq: 3, actor: ada, person: '8' },
    { externalId: 'message:102:team', kind: 'changed', at: at(2), seq: 4, actor: ada, team: '1' },
    { externalId: 'message:103:status', kind: 'changed', at: at(3), seq: 5, actor: ben, status: 'snoozed' },
    { externalId: 'message:104:status', kind: 'changed', at: at(4), seq: 6, actor: ada, status: 'open' },
  ]);
  expect(warnings).toEqual([]);
  expect(people).toEqual([
    { externalId: '7', name: 'Ada' },
    { externalId: '8', name: 'Ben' },
  ]);
  expect(teams).toEqual([
    { externalId: '1', name: 'support' },
    { externalId: '2', name: 'sales' },
  ]);
});

test('owners that no sentence names are those of the creation', () => {
  expect(map().events).toEqual([{ externalId: '35:created', kind: 'created', at: at(0), seq: 0, status: 'open', team: '1', person: '8' }]);
});

test('a conversation that was first opened began as pending', () => {
  expect(statusesOf([told(101, 5, 'Conversation was reopened by Ada')])).toEqual([
    [at(0), 'pending'],
    [at(5), 'open'],
  ]);
});

test('a word of the customer opens again what was snoozed or resolved, unless the conversation is muted', () => {
  const snoozed = told(101, 1, 'Conversation was snoozed by Ada');
  const resolved = told(103, 3, 'Conversation was marked resolved by Ada');
  const word = (id: number, minute: number) => said(id, minute, 0, 'Hello?');
  expect(statusesOf([snoozed, word(102, 2), resolved, word(104, 4)])).toEqual([
    [at(0), 'open'],
    [at(1), 'snoozed'],
    [at(2), 'open'],
    [at(3), 'resolved'],
    [at(4), 'open'],
  ]);
  const muted = told(102, 2, 'Ada has muted the conversation');
  expect(statusesOf([muted, resolved, word(104, 4)], { status: 'resolved' })).toEqual([
    [at(0), 'open'],
    [at(3), 'resolved'],
  ]);
  const bot = { ...config, beginsAs: 'pending' as const };
  expect(statusesOf([resolved, word(104, 4)], { status: 'pending' }, bot)).toEqual([
    [at(0), 'pending'],
    [at(3), 'resolved'],
    [at(4), 'pending'],
  ]);
});

test('what no sentence explains holds from the last change on, and is counted', () => {
  const resolved = map([], { status: 'resolved' });
  expect(resolved.events?.map(({ externalId, at: when, status }) => [externalId, when, status])).toEqual([
    ['35:created', at(0), 'open'],
    ['35:untold:status', '2026-03-01T10:00:00.250Z', 'resolved'],
  ]);
  expect(resolved.warnings).toEqual(['history_gap']);
  const moved = map([told(101, 1, 'Assigned to Ada by Ada')]);
  expect(moved.events?.at(-1)).toMatchObject({ externalId: '35:now', person: '8' });
  expect(moved.warnings).toEqual(['history_gap']);
});

test('whoever had a name that is no more and was given it last is who has it now', () => {
  const messages = [told(101, 1, 'Assigned to Ada by Ada'), told(102, 2, 'Assigned to Benjamin by Ada')];
  expect(peopleIn(messages)).toEqual(['7', '8']);
  const meta = { ...conversation.meta, assignee: null };
  const left = map([told(101, 1, 'Assigned to Cleo by Ada'), told(102, 2, 'Conversation unassigned by Ada')], { meta });
  expect(left.events?.flatMap(({ person }) => (person === undefined ? [] : [person]))).toEqual(['name Cleo', null]);
  expect(left.people).toContainEqual({ externalId: 'name Cleo', name: 'Cleo' });
});

test('messages have the side of their writer, and private ones are not public', () => {
  const bot = { sender: { id: 1, name: 'Helper', type: 'agent_bot' } };
  const { events } = map([
    said(101, 1, 0, 'It burns', { sender: { id: 70, name: 'Zoe', type: 'contact' } }),
    said(102, 2, 1, 'Ask the vendor', { ...byAda, private: true }),
    said(103, 3, 1, 'Which floor?', byAda),
    said(104, 4, 1, 'I am a bot', bot),
    said(105, 5, 3, 'We typically reply in a few hours'),
    said(106, 6, 0, '', { content: null, attachments: [{ file_type: 'image' }] }),
  ]);
  const words = events?.filter(({ kind }) => kind === 'said');
  expect(words?.map(({ side, isPublic, isBot, actor, message }) => [side, isPublic, isBot, actor?.id, message?.body])).toEqual([
    ['customer', true, false, '70', 'It burns'],
    ['team', false, false, '7', 'Ask the vendor'],
    ['team', true, false, '7', 'Which floor?'],
    ['system', true, true, undefined, 'I am a bot'],
    ['system', true, true, undefined, 'We typically reply in a few hours'],
    ['customer', true, false, undefined, ''],
  ]);
  expect(words?.at(-1)?.message?.attachments).toEqual(['image']);
});

test('a rating of one to five is one of 0 to 1, at the time of the question', () => {
  const asked = said(101, 9, 3, 'Please rate the conversation', {
    content_type: 'input_csat',
    content_attributes: { submitted_values: { csat_survey_response: { rating: 4, feedback_message: 'ok' } } },
  });
  expect(map([asked]).events?.at(-1)).toEqual({
    externalId: 'message:101:rating',
    kind: 'rated',
    at: at(9),
    seq: 4,
    actor: { role: 'customer' },
    rating: 0.75,
  });
  const unanswered = { ...asked, content_attributes: { submitted_values: null } };
  expect(map([unanswered]).events?.some(({ kind }) => kind === 'rated')).toBe(false);
});

test('addresses of other tools in what was written are links', () => {
  expect(map([said(101, 1, 1, 'see https://redmine.example.com/issues/12', { ...byAda, private: true })]).links).toEqual([
    { to: { connection: 'tracker', externalId: '12' }, kind: 'relates', at: at(1) },
  ]);
});

test('sentences that are not understood are counted, and a record of another form is refused', () => {
  expect(map([told(101, 1, 'Ada danced'), told(102, 2, 'Assigned to ghosts by Ada')]).warnings).toEqual([
    'unknown_kind:activity',
    'unknown_kind:activity',
  ]);
  expect(() => map([], { status: 5 })).toThrow(/status/);
});

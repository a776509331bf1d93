import { expect, test } from 'vitest';
import { ActivityReader } from '#etl/connectors/chatwoot/activity.js';

const known = {
  people: [
    { id: 7, name: 'Ada' },
    { id: 8, name: 'Ben' },
    { id: 9, name: 'Stand by Stan' },
    { id: 11, name: 'Kim' },
    { id: 12, name: 'Kim' },
  ],
  teams: [
    { id: 1, name: 'support' },
    { id: 2, name: 'sales' },
  ],
};
const read = (sentence: string, texts = {}) => new ActivityReader(texts).read(sentence, known);

test.each([
  ['Conversation was marked resolved by Ada', { status: 'resolved', by: 'Ada' }],
  ['Conversation was marked resolved by system due to 3 days of inactivity', { status: 'resolved' }],
  ['Conversation was resolved by Someone', { status: 'resolved' }],
  ['Conversation was reopened by Ada', { status: 'open', by: 'Ada' }],
  ['System reopened the conversation due to a new incoming message.', { status: 'open' }],
  ['Conversation was marked as pending by Ada', { status: 'pending', by: 'Ada' }],
  ['Conversation was snoozed by Ada', { status: 'snoozed', by: 'Ada' }],
  ['Ada self-assigned this conversation', { person: '7', by: 'Ada' }],
  ['Assigned to Ben via support by Ada', { team: '1', person: '8', by: 'Ada' }],
  ['Conversation unassigned by Ada', { person: null, by: 'Ada' }],
  ['Unassigned from support by Ada', { team: null, by: 'Ada' }],
  ['Ada has muted the conversation', { isMuted: true, by: 'Ada' }],
  ['Ada changed the priority from low to high', { by: 'Ada' }],
  ['Ada added billing, vip', { by: 'Ada' }],
  ['Ada added SLA policy Gold', { by: 'Ada' }],
])('reads "%s"', (sentence, told) => {
  expect(read(sentence)).toEqual(told);
});

test('a person and a team are told apart by their names, since the sentence is the same', () => {
  expect(read('Assigned to Ben by Ada')).toEqual({ person: '8', by: 'Ada' });
  expect(read('Assigned to sales by Ada')).toEqual({ team: '2', by: 'Ada' });
  expect(read('Assigned to Stand by Stan by Ada')).toEqual({ person: '9', by: 'Ada' });
});

test('who left the account is told by name where it can be no team, which has no capitals', () => {
  expect(read('Assigned to Cleo by Ada')).toEqual({ person: 'name Cleo', by: 'Ada' });
  expect(read('Cleo self-assigned this conversation')).toEqual({ person: 'name Cleo', by: 'Cleo' });
  expect(read('Assigned to cleo by Ada')).toBeNull();
});

test('a name that two people have and a sentence of no known form tell nothing', () => {
  expect(read('Assigned to Kim by Ada')).toBeNull();
  expect(read('Kim self-assigned this conversation')).toBeNull();
  expect(read('Ada danced')).toBeNull();
});

test.each([
  ['Ada von Ben zugewiesen', { person: '8', by: 'Ada' }],
  ['Zugewiesen an Ben über support von Ada', { team: '1', person: '8', by: 'Ada' }],
  ['Das Gespräch wurde vom System aufgrund von 3 Tagen Inaktivität gelöst', { status: 'resolved' }],
  ['La conversación fue marcada por Ada', { status: 'resolved', by: 'Ada' }],
  ['La conversación fue marcada como pendiente por Ada', { status: 'pending', by: 'Ada' }],
  ['Atribuído a sales por Ada', { team: '2', by: 'Ada' }],
  ['A conversa foi marcada como resolvida pelo sistema por ter 2 horas de inatividade', { status: 'resolved' }],
  ['Ada گفتگو را به Ben اختصاص داد', { person: '8', by: 'Ada' }],
  ['Ada گفتگو را به support اختصاص داد', { team: '1', by: 'Ada' }],
  ['مکالمه توسط Ada به تعویق افتاد', { status: 'snoozed', by: 'Ada' }],
])('reads "%s", as other languages say it', (sentence, told) => {
  expect(read(sentence)).toEqual(told);
});

test('sentences of a further language are given by the connection', () => {
  const texts = { resolved: ['Samtalet löstes av %{user_name}'], assigned: ['Tilldelad %{assignee_name} (av %{user_name})'] };
  expect(read('Samtalet löstes av Ada')).toBeNull();
  expect(read('Samtalet löstes av Ada', texts)).toEqual({ status: 'resolved', by: 'Ada' });
  expect(read('Tilldelad Ben (av Ada)', texts)).toEqual({ person: '8', by: 'Ada' });
});

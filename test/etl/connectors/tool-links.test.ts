import { expect, test } from 'vitest';
import { linksIn } from '#etl/connectors/tool-links.js';

const at = '2026-03-01T08:00:00Z';
const tools = {
  desk: 'https://acme.zendesk.com',
  tracker: 'https://tracker.example.com/redmine/',
  tasks: 'https://app.asana.com',
  sales: 'https://app.hubspot.com',
  rt: 'https://rt.example.com',
  help: 'https://help.example.com',
};

test.each([
  ['https://acme.zendesk.com/agent/tickets/35', 'desk', '35'],
  ['https://acme.zendesk.com/tickets/35?x=1', 'desk', '35'],
  ['https://tracker.example.com/redmine/issues/7#note-2', 'tracker', '7'],
  ['https://app.asana.com/0/111/222/f', 'tasks', '222'],
  ['https://app.asana.com/1/5/project/111/task/222?focus=true', 'tasks', '222'],
  ['https://app.hubspot.com/contacts/4711/record/0-5/35', 'sales', 'ticket 35'],
  ['https://app.hubspot.com/contacts/4711/deal/36/', 'sales', 'deal 36'],
  ['https://rt.example.com/Ticket/Display.html?id=12', 'rt', '12'],
  ['https://help.example.com/#ticket/zoom/9', 'help', '9'],
])('%s is of %s, item %s', (address, connection, externalId) => {
  expect(linksIn(`See (${address}), please.`, tools, 'relates', at)).toEqual([{ to: { connection, externalId }, kind: 'relates', at }]);
});

test.each([
  'https://acme.zendesk.com.evil.example/agent/tickets/35',
  'https://other.zendesk.com/agent/tickets/35',
  'https://acme.zendesk.com/agent/users/35',
  'acme.zendesk.com/agent/tickets/35',
])('%s names no item of a connection', (address) => {
  expect(linksIn(address, tools, 'relates', at)).toEqual([]);
});

test('an item named twice is one link', () => {
  const text = 'https://acme.zendesk.com/agent/tickets/35 https://acme.zendesk.com/tickets/35';
  expect(linksIn(text, tools, 'becomes', at)).toEqual([{ to: { connection: 'desk', externalId: '35' }, kind: 'becomes', at }]);
});

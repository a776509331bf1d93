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
  issues: 'https://acme.atlassian.net',
  cards: 'https://trello.com',
  work: 'https://linear.app/acme',
  it: 'https://acme.service-now.com',
  chats: 'https://app.intercom.com',
  inbox: 'https://app.chatwoot.com',
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
  ['https://acme.atlassian.net/browse/sup-12?focusedId=1', 'issues', 'SUP-12'],
  ['https://acme.atlassian.net/servicedesk/customer/portal/3/SUP-12', 'issues', 'SUP-12'],
  ['https://acme.atlassian.net/jira/software/projects/SUP/boards/1?selectedIssue=SUP-12', 'issues', 'SUP-12'],
  ['https://trello.com/c/aB3dE5fG/12-the-printer', 'cards', 'aB3dE5fG'],
  ['https://linear.app/acme/issue/ENG-12/the-printer', 'work', 'ENG-12'],
  ['https://acme.service-now.com/incident.do?sys_id=0123456789ABCDEF0123456789abcdef', 'it', '0123456789abcdef0123456789abcdef'],
  [
    'https://acme.service-now.com/nav_to.do?uri=%2Fincident.do%3Fsys_id%3D0123456789abcdef0123456789abcdef',
    'it',
    '0123456789abcdef0123456789abcdef',
  ],
  ['https://acme.service-now.com/now/sow/record/incident/0123456789abcdef0123456789abcdef', 'it', '0123456789abcdef0123456789abcdef'],
  ['https://acme.service-now.com/incident_list.do?sysparm_query=number=INC0010001', 'it', 'INC0010001'],
  ['https://app.intercom.com/a/apps/acme1/conversations/35', 'chats', '35'],
  ['https://app.intercom.com/a/inbox/acme1/inbox/shared/all/conversation/35?view=List', 'chats', '35'],
  ['https://app.chatwoot.com/app/accounts/4/conversations/35', 'inbox', '35'],
  ['https://app.chatwoot.com/app/accounts/4/inbox/2/conversations/35?messageId=7', 'inbox', '35'],
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

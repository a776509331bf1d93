import { describe, expect, it, test } from 'vitest';
import { RejectedRecord, type Json, type MappedRecord } from '#etl/connector.js';
import { jiraConnector, meaningOf } from '#etl/connectors/jira/connector.js';
import { plainText } from '#etl/connectors/jira/document.js';
import { configSchema } from '#etl/connectors/jira/payload.js';

const mia = { accountId: 'a1', displayName: 'Mia Moss', accountType: 'atlassian' };
const tom = { accountId: 'a2', displayName: 'Tom Tree', accountType: 'atlassian' };
const cara = { accountId: 'c1', displayName: 'Cara Cust', accountType: 'customer' };
const robot = { accountId: 'r1', displayName: 'Automation for Jira', accountType: 'app' };

const item = (field: string, from: string | null, to: string | null, texts: [string | null, string | null] = [from, to]) => ({
  ...{ field, fieldId: field, fieldtype: 'jira', from, to },
  ...{ fromString: texts[0], toString: texts[1] },
});
const history = (id: string, created: string, author: object, ...items: object[]) => ({ id, created, author, items });
const paragraph = (text: string) => ({ type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] });

const fields = {
  summary: 'The printer is dead',
  description: paragraph('It does not print.'),
  created: '2026-03-02T09:00:00.000+0100',
  updated: '2026-03-05T17:00:00.000+0100',
  status: { id: '4', name: 'Done' },
  project: { id: '20', key: 'HW', name: 'Hardware', projectTypeKey: 'service_desk' },
  issuetype: { name: 'Incident' },
  priority: { name: 'High' },
  resolution: { name: 'Fixed' },
  creator: cara,
  reporter: cara,
  assignee: tom,
  duedate: '2026-03-06',
  labels: ['office', 'paper'],
  components: [{ id: '7', name: 'Printers' }],
  parent: { id: '9000', key: 'HW-1' },
  issuelinks: [
    { type: { name: 'Blocks', outward: 'blocks' }, outwardIssue: { id: '9002', key: 'HW-3' } },
    { type: { name: 'Relates', outward: 'relates to' }, inwardIssue: { id: '9003', key: 'HW-4' } },
  ],
  customfield_10: [{ id: '5', name: 'Acme Ltd' }],
  customfield_11: { rating: 4 },
  customfield_12: '2026-03-05T18:00:00.000+0100',
  customfield_13: { requestType: { id: '3', name: 'Something is broken' } },
  customfield_14: { id: '70', value: 'Second line' },
};

const printer = {
  issue: { id: '9001', key: 'HW-2', fields },
  histories: [
    history(
      '502',
      '2026-03-02T11:00:00.000+0100',
      mia,
      item('assignee', null, 'a1', [null, 'Mia Moss']),
      item('status', '1', '3', ['Open', 'In Progress']),
      item('description', 'x', 'y'),
    ),
    history('501', '2026-03-02T10:00:00.000+0100', mia, item('project', '10', '20', ['Service desk', 'Hardware'])),
    history('503', '2026-03-03T10:00:00.000+0100', mia, item('duedate', '2026-03-04', '2026-03-06')),
    history('504', '2026-03-04T10:00:00.000+0100', mia, item('assignee', 'a1', 'a2', ['Mia Moss', 'Tom Tree']), {
      ...{ field: 'Link', fieldtype: 'jira', from: null, to: 'HW-3' },
      toString: 'This issue blocks HW-3',
    }),
    history('505', '2026-03-05T17:00:00.000+0100', robot, item('status', '3', '4', ['In Progress', 'Done'])),
  ],
  comments: [
    { id: '601', author: mia, created: '2026-03-02T12:00:00.000+0100', body: paragraph('I look at it.'), jsdPublic: true },
    { id: '602', author: tom, created: '2026-03-04T12:00:00.000+0100', body: 'Out of toner.', jsdPublic: false },
    { id: '603', author: cara, created: '2026-03-05T12:00:00.000+0100', body: 'Any news?', jsdPublic: true },
  ],
  isTruncated: false,
  statuses: { 1: 'Open', 3: 'In Progress', 4: 'Done' },
  fields: {
    customfield_10: { name: 'Organizations', kind: 'com.atlassian.servicedesk:sd-customer-organizations' },
    customfield_11: { name: 'Satisfaction', kind: 'com.atlassian.servicedesk:sd-request-feedback' },
    customfield_12: { name: 'Satisfaction date', kind: 'com.atlassian.servicedesk:sd-request-feedback-date' },
    customfield_13: { name: 'Request Type', kind: 'com.atlassian.servicedesk:vp-origin' },
    customfield_14: { name: 'Support line', kind: 'com.atlassian.jira.plugin.system.customfieldtypes:select' },
  },
};

const map = (payload: unknown = printer, more: object = {}): MappedRecord =>
  jiraConnector.map(configSchema.parse({ url: 'https://acme.atlassian.net/', zone: 'Europe/Berlin', ...more }), 'issues', {
    externalId: '9001',
    op: 'upsert',
    payload: payload as Json,
  });
const changed = (more: object, rest: object = {}) => ({ ...printer, ...rest, issue: { ...printer.issue, fields: { ...fields, ...more } } });
const told = ({ events = [] }: MappedRecord) =>
  events.map(({ externalId, at, status, team, person, dueAt, side, isPublic, rating }) =>
    [externalId, at.slice(5, 16), status, team, person, dueAt?.slice(5, 16), side, isPublic, rating].filter((part) => part !== undefined),
  );

describe('an issue of a service project in the Cloud', () => {
  it('began with what its first changes changed from, and went on change by change', () => {
    expect(told(map())).toEqual([
      ['9001:created', '03-02T08:00', 'Open', '10', null],
      ['9001:created:due', '03-02T08:00', '03-04T16:00'],
      ['9001:created:note', '03-02T08:00', 'customer', true],
      ['9001:501:0', '03-02T09:00', '20'],
      ['9001:502:0', '03-02T10:00', 'a1'],
      ['9001:502:1', '03-02T10:00', 'In Progress'],
      ['9001:503:0', '03-03T09:00', '03-06T16:00'],
      ['9001:504:0', '03-04T09:00', 'a2'],
      ['9001:505:0', '03-05T16:00', 'Done'],
      ['9001:comment:601', '03-02T11:00', 'team', true],
      ['9001:comment:602', '03-04T11:00', 'team', false],
      ['9001:comment:603', '03-05T11:00', 'customer', true],
      ['9001:rating', '03-05T17:00', 0.75],
    ]);
  });

  it('knows who did what', () => {
    const actors = map().events?.map(({ actor }) => (actor ? `${actor.id} ${actor.role}` : null));
    expect(actors?.slice(0, 5)).toEqual(['c1 customer', 'c1 customer', 'c1 customer', 'a1 agent', 'a1 agent']);
    expect(actors?.[8]).toBe('r1 system');
  });

  it('is described as it is now', () => {
    expect(map().item).toEqual({
      externalId: '9001',
      aliases: ['HW-2'],
      asOfAt: '2026-03-05T16:00:00.000Z',
      asOfSeq: 0,
      title: 'The printer is dead',
      url: 'https://acme.atlassian.net/browse/HW-2',
      type: 'Incident',
      service: 'Hardware',
      priority: 'High',
      customer: 'organization 5',
      createdAt: '2026-03-02T08:00:00.000Z',
      attributes: { key: 'HW-2', labels: 'office, paper', components: 'Printers', 'Support line': 'Second line' },
    });
  });

  it('names its people, teams and customer', () => {
    const { people, teams, customers } = map();
    expect(people).toEqual([
      { externalId: 'a1', name: 'Mia Moss', isBot: false },
      { externalId: 'a2', name: 'Tom Tree', isBot: false },
      { externalId: 'r1', name: 'Automation for Jira', isBot: true },
    ]);
    expect(teams).toEqual([
      { externalId: '10', name: 'Service desk' },
      { externalId: '20', name: 'Hardware' },
    ]);
    expect(customers).toEqual([{ externalId: 'organization 5', name: 'Acme Ltd' }]);
  });

  it('tells the links that lead from it, since the change that made them', () => {
    expect(map().links).toEqual([
      { to: { externalId: '9002' }, kind: 'blocks', at: '2026-03-04T09:00:00.000Z' },
      { to: { externalId: '9000' }, kind: 'relates', at: '2026-03-02T08:00:00.000Z' },
    ]);
  });

  it('goes by its key, and by the keys it had before it moved', () => {
    const moved = history('400', '2026-03-02T09:30:00.000+0100', mia, item('Key', null, null, ['SD-7', 'HW-2']));
    expect(map().item?.aliases).toEqual(['HW-2']);
    expect(map({ ...printer, histories: [moved, ...printer.histories] }).item?.aliases).toEqual(['HW-2', 'SD-7']);
  });

  it('is linked with what its texts name of other tools by address, also behind words', () => {
    const mark = { type: 'link', attrs: { href: 'https://acme.zendesk.com/agent/tickets/2' } };
    const body = { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'here', marks: [mark] }] }] };
    const comment = { id: '699', author: mia, created: '2026-03-04T12:00:00.000+0100', body, jsdPublic: false };
    const payload = changed({ description: paragraph('https://acme.zendesk.com/agent/tickets/1') }, { comments: [comment] });
    const { links = [] } = map(payload, { linkedTools: { desk: 'https://acme.zendesk.com' } });
    expect(links.filter(({ to }) => to.connection)).toEqual([
      { to: { connection: 'desk', externalId: '1' }, kind: 'relates', at: '2026-03-02T08:00:00.000Z' },
      { to: { connection: 'desk', externalId: '2' }, kind: 'relates', at: '2026-03-04T11:00:00.000Z' },
    ]);
  });

  it('leaves nothing to wonder about', () => expect(map().warnings).toEqual([]));
});

describe('what a connection says of its words', () => {
  it('a custom field can be the team, with its history', () => {
    const move = { ...item('Support line', '60', '70', ['First line', 'Second line']), fieldId: 'customfield_14', fieldtype: 'custom' };
    const mapped = map(
      { ...printer, histories: [history('501', '2026-03-02T10:00:00.000+0100', mia, move)] },
      { team: { field: 'Support line' } },
    );
    expect(mapped.events?.filter(({ team }) => team !== undefined).map(({ team }) => team)).toEqual(['60', '70']);
    expect(mapped.teams).toContainEqual({ externalId: '60', name: 'First line' });
  });

  it('a custom date field can hold the promise', () => {
    const field = { customfield_20: { name: 'Promised', kind: 'com.atlassian.jira.plugin.system.customfieldtypes:datetime' } };
    const promised = changed({ customfield_20: '2026-03-09T12:30:00.000+0100' }, { fields: { ...printer.fields, ...field } });
    const events = map(promised, { dueField: 'Promised' }).events?.filter(({ kind }) => kind === 'promised');
    expect(events?.map(({ dueAt }) => Date.parse(dueAt ?? ''))).toEqual([Date.parse('2026-03-09T11:30:00Z')]);
  });

  it.each([
    ['reporter', 'user c1'],
    ['project', 'project 20'],
    [{ field: 'Support line' }, '70'],
  ])('the customer can be %j', (customer, id) => expect(map(printer, { customer }).item?.customer).toBe(id));

  it('a request without organization is that of its reporter', () => {
    expect(map(changed({ customfield_10: [] })).customers).toEqual([{ externalId: 'user c1', name: 'Cara Cust' }]);
  });

  it.each([
    ['component', 'Printers'],
    ['request-type', 'Something is broken'],
    [{ field: 'Support line' }, 'Second line'],
  ])('the service can be %j', (service, name) => expect(map(printer, { service }).item?.service).toBe(name));

  it('a Data Center tells people by key, and internal comments by a property; the reporter can be the customer', () => {
    const ben = { key: 'JIRAUSER1', name: 'ben', displayName: 'Ben' };
    const comments = [
      { id: '1', author: ben, created: '2026-03-03T10:00:00.000+0000', body: 'Please.' },
      {
        ...{ id: '2', author: { key: 'JIRAUSER2', name: 'eva' }, created: '2026-03-03T11:00:00.000+0000', body: 'Hm.' },
        properties: [{ key: 'sd.public.comment', value: { internal: true } }],
      },
      { id: '3', author: ben, created: '2026-03-03T12:00:00.000+0000', body: 'Psst.', visibility: { type: 'role', value: 'Agents' } },
    ];
    const mapped = map(changed({ reporter: ben, creator: ben, customfield_10: null }, { comments }), { customers: 'reporters' });
    const said = mapped.events?.filter(({ externalId }) => externalId.includes(':comment:'));
    expect(said?.map(({ side, isPublic }) => [side, isPublic])).toEqual([
      ['customer', true],
      ['team', false],
      ['customer', false],
    ]);
    expect(mapped.item?.customer).toBe('user JIRAUSER1');
  });
});

describe('what is odd', () => {
  it('a value that no change explains holds from the last change on, and is counted', () => {
    const mapped = map(changed({ assignee: null }));
    expect(mapped.events?.at(-1)).toMatchObject({ externalId: '9001:now:person', at: '2026-03-05T16:00:00.000Z', person: null });
    expect(mapped.warnings).toEqual(['history_gap']);
  });

  it('a change younger than the issue as it was read is no gap', () => {
    const later = history('506', '2026-03-05T18:00:00.000+0100', mia, item('status', '4', '3', ['Done', 'In Progress']));
    const mapped = map({ ...printer, histories: [...printer.histories, later] });
    expect(mapped.warnings).toEqual([]);
    expect(mapped.events?.some(({ externalId }) => externalId.includes(':now'))).toBe(false);
  });

  it('a changelog that Jira gave in part is counted', () =>
    expect(map({ ...printer, isTruncated: true }).warnings).toEqual(['truncated_history']));

  it('a status that Jira no longer has keeps the name the change told', () => {
    const mapped = map({ ...printer, statuses: { 3: 'In Progress', 4: 'Done' } });
    expect(mapped.events?.[0]?.status).toBe('Open');
  });

  it('a change of a kind nobody knows is counted', () => {
    const odd = history('507', '2026-03-05T16:00:00.000+0100', mia, { field: 'mood', fieldtype: 'mood', from: null, to: '3' });
    expect(map({ ...printer, histories: [...printer.histories, odd] }).warnings).toEqual(['unknown_kind:mood']);
  });

  it('an issue closed as a duplicate is counted in no metric', () => {
    expect(map(changed({ resolution: { name: 'Duplicate' } })).item?.excluded).toBe('duplicate');
  });

  it('what our people or a program write down for a customer is theirs only where the reporter wrote it', () => {
    const note = (creator: object) => map(changed({ creator })).events?.find(({ externalId }) => externalId === '9001:created:note');
    expect(note(mia)).toMatchObject({ side: 'team', isPublic: false });
    expect(note(robot)).toMatchObject({ side: 'customer', isPublic: true });
  });

  it('a form that is not known is refused with its place', () => {
    expect(() => map(changed({ status: 'open' }))).toThrow(RejectedRecord);
    expect(() => map(changed({ status: 'open' }))).toThrow('→ at issue.fields.status');
  });
});

test('a document of the Cloud becomes plain text', () => {
  const document = {
    type: 'doc',
    content: [
      { type: 'heading', content: [{ type: 'text', text: 'Steps' }] },
      {
        type: 'orderedList',
        content: [
          { type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Open' }] }] },
          {
            type: 'listItem',
            content: [
              {
                type: 'paragraph',
                content: [
                  { type: 'text', text: 'Ask ' },
                  { type: 'mention', attrs: { text: '@Mia' } },
                  { type: 'hardBreak' },
                  { type: 'emoji', attrs: { shortName: ':smile:' } },
                ],
              },
            ],
          },
        ],
      },
      { type: 'blockCard', attrs: { url: 'https://example.com/x' } },
    ],
  };
  expect(plainText(document)).toBe('Steps\nOpen\nAsk @Mia\n:smile:\nhttps://example.com/x');
  expect(plainText(' as it is ')).toBe('as it is');
  expect(plainText(null)).toBe('');
});

test.each([
  ['Waiting for customer', 'indeterminate', 'customer'],
  ['Selected for Development', 'new', 'ours_waiting'],
  ['开发中', 'indeterminate', 'ours_active'],
  ['已完成', 'done', 'done'],
  ["Won't do", 'done', 'cancelled'],
  ['Done-ish', 'new', 'ours_waiting'],
  ['Limbo', 'undefined', 'unmapped'],
])('the status %s of category %s means %s', (name, category, meaning) => expect(meaningOf(name, category)).toBe(meaning));

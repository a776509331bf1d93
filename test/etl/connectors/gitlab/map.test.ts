import { describe, expect, it } from 'vitest';
import { RejectedRecord, type EventRow, type Json, type MappedRecord } from '#etl/connector.js';
import { gitlabConnector } from '#etl/connectors/gitlab/connector.js';
import { configSchema } from '#etl/connectors/gitlab/payload.js';

const mia = { id: 23, username: 'mia', name: 'Mia Moss' };
const noah = { id: 24, username: 'noah', name: 'Noah Nilsson' };
const cara = { id: 51, username: 'cara', name: 'Cara Cust' };
const at = (day: number, time: string) => `2026-03-0${day}T${time}.000Z`;

const issue = {
  iid: 12,
  web_url: 'https://gitlab.com/acme/desk/-/issues/12',
  title: 'The printer prints nothing',
  description: 'It hums.',
  state: 'closed',
  issue_type: 'incident',
  author: cara,
  assignees: [mia],
  labels: ['priority::high', 'team::Hardware'],
  milestone: { title: 'Spring' },
  due_date: '2026-03-20',
  created_at: at(2, '08:00:00'),
  updated_at: at(4, '09:00:00'),
  closed_at: at(4, '09:00:00'),
};
const label = (id: number, user: object, time: string, action: string, name: string) => ({
  id,
  user,
  created_at: time,
  action,
  label: { id: 1, name },
});
const system = (id: number, author: object, time: string, body: string) => ({
  id,
  author,
  created_at: time,
  body,
  system: true,
  internal: false,
});
const history = {
  states: [
    { id: 1, user: cara, created_at: at(3, '10:00:00'), state: 'closed' },
    { id: 2, user: cara, created_at: at(3, '11:00:00'), state: 'reopened' },
    { id: 3, user: mia, created_at: at(4, '09:00:00'), state: 'closed' },
  ],
  labels: [
    label(1, noah, at(2, '09:00:00'), 'add', 'workflow::waiting'),
    label(2, noah, at(3, '08:00:00'), 'add', 'team::Hardware'),
    label(3, noah, at(3, '08:00:00'), 'remove', 'team::Desk'),
    label(4, noah, at(3, '08:00:01'), 'remove', 'workflow::waiting'),
  ],
  notes: [
    system(10, mia, at(2, '08:30:00'), 'assigned to @noah'),
    { id: 11, author: noah, created_at: at(2, '09:00:00'), body: 'Is it plugged in?', system: false, internal: false },
    { id: 12, author: noah, created_at: at(2, '09:01:00'), body: 'She never plugs it in.', system: false, internal: true },
    { id: 13, author: cara, created_at: at(3, '07:00:00'), body: 'Yes.', system: false, internal: false },
    system(14, noah, at(3, '08:00:00'), 'assigned to @mia and unassigned @noah'),
    system(15, noah, at(3, '08:30:00'), 'changed due date to March 16, 2026'),
    system(16, noah, at(3, '08:40:00'), 'removed due date'),
    system(17, mia, at(3, '09:00:00'), 'changed due date to March 20, 2026'),
    system(18, mia, at(3, '09:30:00'), 'marked this issue as related to #9'),
    system(19, mia, at(3, '09:31:00'), 'mentioned in issue acme/shop#4'),
  ],
};
const members = [mia, noah].map((person) => ({ ...person, access_level: 30 }));

const map = (change: { issue?: object; history?: Partial<typeof history>; members?: object[] } = {}, more: object = {}): MappedRecord => {
  const told = { states: [], labels: [], notes: [] };
  const payload = {
    project: 'acme/desk',
    issue: { ...issue, ...change.issue },
    ...(change.history ? { ...told, ...change.history } : history),
    members: change.members ?? members,
  } as unknown as Json;
  const config = configSchema.parse({ projects: ['acme/desk'], zone: 'Europe/Berlin', ...more });
  return gitlabConnector.map(config, 'issues of acme/desk', { externalId: '12', op: 'upsert', payload });
};
const told = ({ externalId, status, team, person }: EventRow) => [externalId, status, team, person];

describe('an issue with its events and notes', () => {
  const { item, events = [], customers, links, warnings } = map();

  it('began with the label that was taken away first', () => {
    expect(events[0]).toEqual({
      externalId: '12:created',
      kind: 'created',
      at: at(2, '08:00:00'),
      seq: 0,
      actor: { id: '51', role: 'customer' },
      status: 'open',
      team: 'Desk',
      person: null,
    });
  });

  it('goes from owner to owner, what was done in one moment as one step', () => {
    expect(events.filter(({ kind }) => kind === 'changed').map(told)).toEqual([
      ['note:10', undefined, undefined, '24'],
      ['label:1', 'waiting', undefined, undefined],
      ['note:14', undefined, 'Hardware', '23'],
      ['label:4', 'open', undefined, undefined],
      ['state:1', 'closed', undefined, undefined],
      ['state:2', 'open', undefined, undefined],
      ['state:3', 'closed', undefined, undefined],
    ]);
  });

  it('has the due dates that notes tell, at the end of their day', () => {
    expect(events.filter(({ kind }) => kind === 'promised').map(({ externalId, dueAt }) => [externalId, dueAt])).toEqual([
      ['note:15:due', '2026-03-16T16:00:00Z'],
      ['note:16:due', null],
      ['note:17:due', '2026-03-20T16:00:00Z'],
    ]);
  });

  it('tells notes apart by who wrote them and who may read them', () => {
    expect(events.filter(({ kind }) => kind === 'said').map(({ side, isPublic, message }) => [side, isPublic, message?.body])).toEqual([
      ['customer', true, 'It hums.'],
      ['team', true, 'Is it plugged in?'],
      ['team', false, 'She never plugs it in.'],
      ['customer', true, 'Yes.'],
    ]);
  });

  it('is described as it is now', () => {
    expect(item).toEqual({
      externalId: 'acme/desk#12',
      asOfAt: at(4, '09:00:00'),
      asOfSeq: 0,
      title: 'The printer prints nothing',
      url: 'https://gitlab.com/acme/desk/-/issues/12',
      type: 'incident',
      service: 'acme/desk',
      createdAt: at(2, '08:00:00'),
      priority: 'high',
      customer: '51',
      attributes: { labels: 'priority::high, team::Hardware', milestone: 'Spring' },
    });
    expect(customers).toEqual([{ externalId: '51', name: 'Cara Cust' }]);
  });

  it('is linked with what its notes name', () => {
    expect(links).toEqual([
      { to: { externalId: 'acme/desk#9' }, kind: 'relates', at: at(3, '09:30:00') },
      { to: { externalId: 'acme/shop#4' }, kind: 'relates', at: at(3, '09:31:00') },
    ]);
  });

  it('leaves nothing to wonder about', () => expect(warnings).toEqual([]));
});

describe('what a connection says of its words', () => {
  it('a team can be the people who are assigned', () => {
    const { events = [] } = map({}, { team: 'assignee', teams: { Desk: ['noah'], Hardware: ['mia'] } });
    expect(events.flatMap(({ externalId, team }) => (team === undefined ? [] : [[externalId, team]]))).toEqual([
      ['12:created', null],
      ['note:10', 'Desk'],
      ['note:14', 'Hardware'],
    ]);
  });

  it('who mails to the service desk is the customer', () => {
    const bot = { id: 99, username: 'support-bot', name: 'GitLab Support Bot' };
    const { item, events = [] } = map({ issue: { author: bot, service_desk_reply_to: 'cara@example.com' } });
    expect([item?.customer, item?.channel]).toEqual(['cara@example.com', 'email']);
    expect(events.find(({ kind }) => kind === 'said')).toMatchObject({ side: 'customer', isBot: false });
  });

  it('a guest of the project is a customer, as many as they are told to be', () => {
    const guests = [{ ...noah, access_level: 10 }];
    const side = (more: object) =>
      map({ members: guests, history: { notes: history.notes.slice(1, 2) }, issue: { assignees: [] } }, more).events?.at(-2);
    expect(side({})).toMatchObject({ side: 'customer' });
    expect(side({ teamAccess: 10 })).toMatchObject({ side: 'team' });
  });
});

describe('what is odd', () => {
  const open = { state: 'opened', closed_at: null, assignees: [], due_date: null };

  it('a due date that never moved was there from the beginning', () => {
    const { events = [], warnings } = map({ issue: { ...open, due_date: '2026-03-20' }, history: {} });
    expect(events[1]).toMatchObject({
      externalId: '12:created:due',
      kind: 'promised',
      at: at(2, '08:00:00'),
      dueAt: '2026-03-20T16:00:00Z',
    });
    expect(warnings).toEqual([]);
  });

  it('a note of an owner or a date in other words is counted, and the issue is believed', () => {
    const notes = [
      system(20, mia, at(3, '08:00:00'), 'hat das due date geändert'),
      system(21, mia, at(3, '08:00:00'), 'assigned it to a friend'),
    ];
    const { events = [], warnings } = map({ issue: { ...open, due_date: '2026-03-20' }, history: { notes } });
    expect(events.at(-1)).toMatchObject({ externalId: '12:now:due', at: at(4, '09:00:00'), dueAt: '2026-03-20T16:00:00Z' });
    expect(warnings).toEqual(['unread_note', 'unread_note', 'history_gap']);
  });

  it('a note of something else in words nobody knows is counted', () => {
    expect(map({ issue: open, history: { notes: [system(20, mia, at(3, '08:00:00'), 'cheered loudly')] } }).warnings).toEqual([
      'unknown_kind',
    ]);
  });

  it('an owner whose account is gone is known by the user name', () => {
    const notes = [
      system(20, mia, at(3, '08:00:00'), 'assigned to @gone.girl'),
      system(21, mia, at(3, '09:00:00'), 'unassigned @gone.girl'),
    ];
    const { events = [], people } = map({ issue: open, history: { notes } });
    expect(events.filter(({ kind }) => kind === 'changed').map(({ person }) => person)).toEqual(['@gone.girl', null]);
    expect(people).toContainEqual({ externalId: '@gone.girl', name: 'gone.girl', isBot: false });
  });

  it('a label that no longer exists is counted', () => {
    const labels = [{ ...label(9, mia, at(3, '08:00:00'), 'add', ''), label: null }] as never;
    expect(map({ issue: open, history: { labels } }).warnings).toEqual(['deleted_label']);
  });

  it('an address of another tool is a link to its item, as first told', () => {
    const described = { ...open, description: 'See https://acme.zendesk.com/agent/tickets/35.' };
    const again = {
      id: 20,
      author: mia,
      created_at: at(3, '08:00:00'),
      body: 'https://acme.zendesk.com/tickets/35',
      system: false,
      internal: false,
    };
    expect(map({ issue: described, history: { notes: [again] } }, { linkedTools: { desk: 'https://acme.zendesk.com' } }).links).toEqual([
      { to: { connection: 'desk', externalId: '35' }, kind: 'relates', at: at(2, '08:00:00') },
    ]);
  });

  it('an issue closed as a duplicate, or moved away, is counted in no metric', () => {
    const link = 'https://gitlab.com/api/v4/projects/1/issues/3';
    expect(map({ issue: { _links: { closed_as_duplicate_of: link } } }).item?.excluded).toBe('duplicate');
    expect(map({ issue: { moved_to_id: 5 } }).item?.excluded).toBe('merged');
  });

  it('a form that is not known is refused with its place', () => {
    expect(() => map({ issue: { labels: 'none' } })).toThrow(RejectedRecord);
    expect(() => map({ issue: { labels: 'none' } })).toThrow('issue.labels');
  });
});

import { describe, expect, it } from 'vitest';
import { RejectedRecord, type EventRow, type Json, type MappedRecord } from '#etl/connector.js';
import { githubConnector } from '#etl/connectors/github/connector.js';
import { configSchema } from '#etl/connectors/github/payload.js';

const mia = { id: 23, login: 'mia', type: 'User' };
const noah = { id: 24, login: 'noah', type: 'User' };
const cara = { id: 51, login: 'cara', type: 'User' };
const robot = { id: 90, login: 'stale[bot]', type: 'Bot' };

const issue = {
  number: 12,
  html_url: 'https://github.com/acme/shop/issues/12',
  title: 'The printer prints nothing',
  body: 'It hums.',
  user: cara,
  author_association: 'NONE',
  state: 'closed',
  state_reason: 'completed',
  labels: [{ name: 'priority: high' }, { name: 'team: Hardware' }],
  assignees: [mia],
  created_at: '2026-03-02T08:00:00Z',
  updated_at: '2026-03-04T09:00:00Z',
  closed_at: '2026-03-04T09:00:00Z',
};
const at = (day: number, time: string) => `2026-03-0${day}T${time}Z`;
const timeline = [
  { id: 1, event: 'labeled', actor: mia, created_at: at(2, '08:30:00'), label: { name: 'team: Desk' } },
  { id: 2, event: 'assigned', actor: mia, created_at: at(2, '08:30:00'), assignee: noah },
  { id: 3, event: 'commented', user: noah, author_association: 'MEMBER', created_at: at(2, '09:00:00'), body: 'Is it plugged in?' },
  { id: 4, event: 'labeled', actor: noah, created_at: at(2, '09:00:00'), label: { name: 'status: waiting for customer' } },
  { id: 5, event: 'commented', user: cara, author_association: 'NONE', created_at: at(3, '07:00:00'), body: 'Yes.' },
  { id: 6, event: 'unlabeled', actor: noah, created_at: at(3, '08:00:00'), label: { name: 'team: Desk' } },
  { id: 7, event: 'labeled', actor: noah, created_at: at(3, '08:00:00'), label: { name: 'team: Hardware' } },
  { id: 8, event: 'unassigned', actor: noah, created_at: at(3, '08:00:00'), assignee: noah },
  { id: 9, event: 'assigned', actor: noah, created_at: at(3, '08:00:00'), assignee: mia },
  { id: 10, event: 'unlabeled', actor: noah, created_at: at(3, '08:00:01'), label: { name: 'status: waiting for customer' } },
  { id: 11, event: 'closed', actor: cara, created_at: at(3, '10:00:00'), state_reason: 'not_planned' },
  { id: 12, event: 'reopened', actor: cara, created_at: at(3, '11:00:00') },
  { id: 13, event: 'closed', actor: mia, created_at: at(4, '09:00:00'), state_reason: null },
];

const map = (change: { issue?: object; timeline?: object[] } = {}, more: object = {}): MappedRecord => {
  const payload = { repository: 'acme/shop', issue: { ...issue, ...change.issue }, timeline: change.timeline ?? timeline } as Json;
  const config = configSchema.parse({ repositories: ['acme/shop'], ...more });
  return githubConnector.map(config, 'issues of acme/shop', { externalId: '12', op: 'upsert', payload });
};
const told = ({ externalId, status, team, person }: EventRow) => [externalId, status, team, person];

describe('an issue and its timeline', () => {
  const { item, events = [], customers, warnings } = map();

  it('began without what its timeline adds', () => {
    expect(events[0]).toEqual({
      externalId: '12:created',
      kind: 'created',
      at: at(2, '08:00:00'),
      seq: 0,
      actor: { id: '51', role: 'customer' },
      status: 'open',
      team: null,
      person: null,
    });
  });

  it('is told in steps of a moment, not label by label', () => {
    expect(events.filter(({ kind }) => kind === 'changed').map(told)).toEqual([
      ['event:2', undefined, 'Desk', '24'],
      ['event:4', 'waiting for customer', undefined, undefined],
      ['event:9', undefined, 'Hardware', '23'],
      ['event:10', 'open', undefined, undefined],
      ['event:11', 'not planned', undefined, undefined],
      ['event:12', 'open', undefined, undefined],
      ['event:13', 'closed', undefined, undefined],
    ]);
    expect(events.map(({ at: time }) => time)).toEqual([...events.map(({ at: time }) => time)].sort());
  });

  it('tells who wrote by their relation to the repository', () => {
    expect(
      events
        .filter(({ kind }) => kind === 'said')
        .map(({ externalId, side, isPublic, message }) => [externalId, side, isPublic, message?.body]),
    ).toEqual([
      ['12:body', 'customer', true, 'It hums.'],
      ['comment:3', 'team', true, 'Is it plugged in?'],
      ['comment:5', 'customer', true, 'Yes.'],
    ]);
    expect(events.find(({ externalId }) => externalId === 'event:2')?.actor).toEqual({ id: '23', role: 'agent' });
    expect(events.find(({ externalId }) => externalId === 'event:11')?.actor).toEqual({ id: '51', role: 'customer' });
  });

  it('is described as it is now', () => {
    expect(item).toEqual({
      externalId: 'acme/shop#12',
      asOfAt: at(4, '09:00:00'),
      asOfSeq: 0,
      title: 'The printer prints nothing',
      url: 'https://github.com/acme/shop/issues/12',
      type: 'issue',
      service: 'acme/shop',
      createdAt: at(2, '08:00:00'),
      priority: 'high',
      customer: '51',
      attributes: { labels: 'priority: high, team: Hardware' },
    });
    expect(customers).toEqual([{ externalId: '51', name: 'cara' }]);
    expect(warnings).toEqual([]);
  });
});

describe('what a connection says of its words', () => {
  it('a team can be the people who are assigned', () => {
    const { events = [] } = map({}, { team: 'assignee', teams: { Desk: ['noah'], Hardware: ['mia'] } });
    expect(events.flatMap(({ externalId, team }) => (team === undefined ? [] : [[externalId, team]]))).toEqual([
      ['12:created', null],
      ['event:2', 'Desk'],
      ['event:9', 'Hardware'],
    ]);
  });

  it('a whole label can be a status', () => {
    const { events = [] } = map({}, { statusLabels: ['Priority: High'] });
    expect(events.filter(({ kind }) => kind !== 'said').map(({ status }) => status)).toEqual([
      ...['priority: high', undefined, undefined, 'not planned', 'priority: high', 'closed'],
    ]);
  });

  it('a label or the repository can be the customer', () => {
    const labels = [{ name: 'Customer: Acme Ltd' }, { name: 'team: Hardware' }];
    expect(map({ issue: { labels } }, { customer: 'label' }).item?.customer).toBe('Acme Ltd');
    expect(map({ issue: { labels: [] } }, { customer: 'label' }).item?.customer).toBeUndefined();
    expect(map({}, { customer: 'repository' }).customers).toEqual([{ externalId: 'acme/shop', name: 'acme/shop' }]);
  });

  it('a bot is no colleague', () => {
    const said = { id: 30, event: 'commented', user: robot, author_association: 'MEMBER', created_at: at(3, '09:00:00'), body: 'Stale.' };
    const { events = [], people } = map({ timeline: [...timeline, said] });
    expect(events.find(({ externalId }) => externalId === 'comment:30')).toMatchObject({
      side: 'system',
      isBot: true,
      actor: { role: 'system' },
    });
    expect(people).toContainEqual({ externalId: '90', name: 'stale[bot]', isBot: true });
  });
});

describe('what is odd', () => {
  it('a label that was there before the timeline began was there from the beginning', () => {
    const gone = { id: 1, event: 'unlabeled', actor: mia, created_at: at(2, '10:00:00'), label: { name: 'team: Desk' } };
    const { events = [] } = map({
      issue: { state: 'open', state_reason: null, labels: ['team: Hardware'], assignees: [noah] },
      timeline: [gone],
    });
    expect(events[0]).toMatchObject({ team: 'Hardware', person: '24' });
  });

  it('an issue closed without a word of it is closed since it says so, and counted', () => {
    const { events = [], warnings } = map({ issue: { labels: [], assignees: [] }, timeline: [] });
    expect(events.at(-1)).toMatchObject({ externalId: '12:now', at: at(4, '09:00:00'), status: 'closed' });
    expect(warnings).toEqual(['history_gap']);
  });

  it('a closing without a reason ended as the issue says', () => {
    expect(map({ issue: { state_reason: 'not_planned' } }).events?.at(-1)).toMatchObject({ externalId: 'event:13', status: 'not planned' });
  });

  it('a timeline that is newer than the issue is believed', () => {
    const later = { id: 14, event: 'reopened', actor: mia, created_at: at(4, '09:00:05') };
    const { events = [], warnings } = map({ timeline: [...timeline, later] });
    expect(events.at(-1)).toMatchObject({ externalId: 'event:14', status: 'open' });
    expect(warnings).toEqual([]);
  });

  it('an author who is gone leaves no actor', () => {
    const { events = [], item } = map({ issue: { user: null } });
    expect(events[0]).not.toHaveProperty('actor');
    expect(item).not.toHaveProperty('customer');
  });

  it('an issue that refers to this one is linked, a pull request is not', () => {
    const refer = (number: number, more: object) => ({
      event: 'cross-referenced',
      actor: mia,
      created_at: at(3, '12:00:00'),
      source: { type: 'issue', issue: { number, repository: { full_name: 'Acme/Shop' }, ...more } },
    });
    const { links, warnings } = map({ timeline: [...timeline, refer(15, {}), refer(15, {}), refer(16, { pull_request: { url: 'x' } })] });
    expect(links).toEqual([{ to: { externalId: 'acme/shop#15' }, kind: 'relates', at: at(3, '12:00:00') }]);
    expect(warnings).toEqual([]);
  });

  it('an address of another tool is a link to its item', () => {
    const linkedTools = { desk: 'https://gitlab.example.com', here: 'https://github.com' };
    const body = 'As https://gitlab.example.com/acme/desk/-/issues/4 and https://github.com/acme/web/issues/9#issuecomment-1 say.';
    expect(map({ issue: { body } }, { linkedTools }).links).toEqual([
      { to: { connection: 'desk', externalId: 'acme/desk#4' }, kind: 'relates', at: at(2, '08:00:00') },
      { to: { connection: 'here', externalId: 'acme/web#9' }, kind: 'relates', at: at(2, '08:00:00') },
    ]);
  });

  it('a duplicate is counted in no metric', () => {
    expect(map({ issue: { state_reason: 'duplicate' } }).item?.excluded).toBe('duplicate');
  });

  it('an event of a kind nobody knows is counted', () => {
    expect(map({ timeline: [...timeline, { event: 'cheered', created_at: at(3, '12:00:00') }] }).warnings).toEqual(['unknown_kind']);
  });

  it('a form that is not known is refused with its place', () => {
    expect(() => map({ issue: { labels: 'none' } })).toThrow(RejectedRecord);
    expect(() => map({ issue: { labels: 'none' } })).toThrow('issue.labels');
  });
});

import { describe, expect, it } from 'vitest';
import { RejectedRecord, type Json, type MappedRecord } from '#etl/connector.js';
import { linearConnector } from '#etl/connectors/linear/connector.js';
import { configSchema } from '#etl/connectors/linear/payload.js';

const map = (payload: unknown, more: object = {}): MappedRecord =>
  linearConnector.map(configSchema.parse({ zone: 'Europe/Berlin', ...more }), 'issues', {
    externalId: 'i1',
    op: 'upsert',
    payload: payload as Json,
  });

const cara = { id: 'cara', name: 'Cara Cust' };
const row = (id: string, at: string, actorId: string | null, more: object) => ({
  id,
  createdAt: `2026-11-${at}:00.000Z`,
  actorId,
  ...more,
});
const comment = (id: string, at: string, more: object) => ({ id, createdAt: `2026-11-${at}:00.000Z`, ...more });
const issue = {
  id: 'i1',
  identifier: 'ACM-7',
  title: 'Printer',
  description: 'It does not print.',
  url: 'https://linear.app/acme/issue/ACM-7/printer',
  createdAt: '2026-11-02T08:00:00.000Z',
  updatedAt: '2026-11-05T08:00:00.000Z',
  archivedAt: null,
  trashed: null,
  dueDate: '2026-11-07',
  priorityLabel: 'High',
  state: { id: 's3', type: 'completed' },
  team: { id: 't2' },
  assignee: { id: 'mia' },
  creator: null,
  externalUserCreator: cara,
  project: { id: 'p1', name: 'Hardware' },
  parent: { id: 'i0' },
  history: {
    nodes: [
      row('h1', '02T09:00', 'mia', { fromStateId: 's1', toStateId: 's2', fromAssigneeId: null, toAssigneeId: 'mia' }),
      row('h2', '03T08:00', 'mia', { fromDueDate: '2026-11-05', toDueDate: '2026-11-07' }),
      row('h3', '04T08:00', 'mia', { fromTeamId: 't1', toTeamId: 't2' }),
      row('h4', '05T08:00', null, { fromStateId: 's2', toStateId: 's3', botActor: { id: 'b', name: 'GitHub' } }),
    ],
  },
  comments: {
    nodes: [
      comment('c1', '03T09:00', { body: 'Any news?', externalUser: cara }),
      comment('c2', '03T10:00', { body: 'Saturday.', user: { id: 'mia' } }),
      comment('c3', '03T11:00', { body: 'Linked.', botActor: { id: 'b', name: 'GitHub' } }),
    ],
  },
  relations: { nodes: [{ type: 'blocks', createdAt: '2026-11-03T12:00:00.000Z', relatedIssue: { id: 'i9' } }] },
  needs: { nodes: [{ customer: { id: 'acme', name: 'Acme' } }] },
};
const names = {
  states: { s1: 'Triage', s2: 'In Progress', s3: 'Done' },
  teams: { t1: 'Desk', t2: 'Workshop' },
  people: { mia: 'Mia Moss' },
};
const record = { issue, names };

describe('an issue from outside', () => {
  const { item, events = [], links, customers, warnings } = map(record);

  it('began with what its first entries changed from', () => {
    expect(events[0]).toEqual({
      externalId: 'i1:created',
      kind: 'created',
      at: '2026-11-02T08:00:00.000Z',
      seq: 0,
      actor: { id: 'cara', role: 'customer' },
      status: 'Triage',
      team: 't1',
      person: null,
    });
    // 17:00 in Berlin in winter.
    expect(events[1]).toMatchObject({ externalId: 'i1:created:due', kind: 'promised', dueAt: '2026-11-05T16:00:00Z' });
  });

  it('has an event for each field of an entry', () => {
    const changes = events.filter(({ kind }) => kind === 'changed' || kind === 'promised').slice(1);
    expect(changes.map(({ externalId, status, team, person, dueAt }) => [externalId, status ?? team ?? person ?? dueAt])).toEqual([
      ['history:h1:status', 'In Progress'],
      ['history:h1:person', 'mia'],
      ['history:h2:due', '2026-11-07T16:00:00Z'],
      ['history:h3:team', 't2'],
      ['history:h4:status', 'Done'],
    ]);
    expect(changes.at(-1)?.actor).toEqual({ role: 'system' });
  });

  it('tells by whom a comment is, and nothing of who may read it', () => {
    const said = events.filter(({ kind }) => kind === 'said');
    expect(said.map(({ side, isPublic, message }) => [side, isPublic, message?.body])).toEqual([
      ['customer', undefined, 'It does not print.'],
      ['customer', undefined, 'Any news?'],
      ['team', undefined, 'Saturday.'],
      ['system', undefined, 'Linked.'],
    ]);
  });

  it('is described as it is now', () => {
    expect(item).toEqual({
      externalId: 'i1',
      aliases: ['ACM-7'],
      asOfAt: '2026-11-05T08:00:00.000Z',
      asOfSeq: 0,
      title: 'ACM-7 Printer',
      url: 'https://linear.app/acme/issue/ACM-7/printer',
      type: 'issue',
      service: 'Hardware',
      priority: 'High',
      customer: 'acme',
      createdAt: '2026-11-02T08:00:00.000Z',
    });
    expect(customers).toEqual([{ externalId: 'acme', name: 'Acme' }]);
    expect(links).toEqual([
      { to: { externalId: 'i9' }, kind: 'blocks', at: '2026-11-03T12:00:00.000Z' },
      { to: { externalId: 'i0' }, kind: 'relates', at: '2026-11-02T08:00:00.000Z' },
    ]);
  });

  it('leaves nothing to wonder about', () => expect(warnings).toEqual([]));
});

it('a trashed issue is deleted since it was', () => {
  expect(map({ ...record, issue: { ...issue, trashed: true, archivedAt: '2026-11-06T08:00:00.000Z' } }).item?.deletedAt).toBe(
    '2026-11-06T08:00:00.000Z',
  );
});

it('what no entry explains holds from the last change on, and is counted', () => {
  const mapped = map({ ...record, issue: { ...issue, team: { id: 't1' } } });
  expect(mapped.events?.at(-1)).toMatchObject({ externalId: 'i1:now', at: '2026-11-05T08:00:00.000Z', team: 't1' });
  expect(mapped.warnings).toEqual(['history_gap']);
});

it('an issue without a state is refused', () => {
  expect(() => map({ ...record, issue: { ...issue, state: null } })).toThrow(RejectedRecord);
});

it('items of other tools that its texts name are links since the first time', () => {
  const mapped = map(
    { ...record, issue: { ...issue, description: 'See https://acme.zendesk.com/agent/tickets/35.' } },
    { linkedTools: { 'Help desk': 'https://acme.zendesk.com' } },
  );
  expect(mapped.links?.filter(({ to }) => to.connection)).toEqual([
    { to: { connection: 'Help desk', externalId: '35' }, kind: 'relates', at: '2026-11-02T08:00:00.000Z' },
  ]);
});

import { describe, expect, it } from 'vitest';
import { RejectedRecord, type EventRow, type Json, type MappedRecord } from '#etl/connector.js';
import { asanaConnector } from '#etl/connectors/asana/connector.js';
import { configSchema } from '#etl/connectors/asana/payload.js';

const map = (payload: unknown, more: object = {}): MappedRecord =>
  asanaConnector.map(configSchema.parse({ projects: ['44'], zone: 'Europe/Berlin', ...more }), 'tasks', {
    externalId: '900',
    op: 'upsert',
    payload: payload as Json,
  });

const mia = { gid: '11', name: 'Mia Moss' };
const cara = { gid: '51', name: 'Cara Cust' };
const inbox = { gid: '301', name: 'Inbox' };
const waiting = { gid: '302', name: 'Waiting' };
const support = { gid: '44', name: 'Support' };
const blue = { gid: '71', name: 'Blue' };
const red = { gid: '72', name: 'Red' };

const task = {
  gid: '900',
  name: 'Printer',
  notes: 'It does not print.',
  completed: true,
  created_at: '2026-11-02T08:00:00.000Z',
  created_by: cara,
  modified_at: '2026-11-06T09:00:00.000Z',
  due_on: null,
  due_at: '2026-11-07T10:00:00.000Z',
  assignee: mia,
  permalink_url: 'https://app.asana.com/0/44/900',
  memberships: [{ project: support, section: waiting }],
  parent: { gid: '800' },
  dependents: [{ gid: '901' }],
  custom_fields: [{ gid: '77', name: 'Team', display_value: 'Red', enum_value: red }],
};
const story = (gid: string, at: string, by: object | null, more: object) => ({
  gid,
  created_at: `2026-11-${at}:00.000Z`,
  created_by: by,
  text: '',
  ...more,
});
const field = { gid: '77', name: 'Team' };
const stories = [
  story('1', '02T08:00', cara, { resource_subtype: 'added_to_project', project: support }),
  story('2', '02T09:00', mia, { resource_subtype: 'assigned', assignee: mia }),
  story('3', '03T08:00', mia, { resource_subtype: 'section_changed', old_section: inbox, new_section: waiting }),
  story('4', '03T09:00', mia, {
    resource_subtype: 'due_date_changed',
    old_dates: { due_on: '2026-11-05', due_at: null },
    new_dates: { due_on: '2026-11-07', due_at: '2026-11-07T10:00:00.000Z' },
  }),
  story('5', '04T08:00', mia, {
    resource_subtype: 'enum_custom_field_changed',
    custom_field: field,
    old_enum_value: blue,
    new_enum_value: red,
  }),
  story('6', '04T09:00', cara, { resource_subtype: 'comment_added', text: 'Any news?' }),
  story('7', '05T08:00', mia, { resource_subtype: 'comment_added', text: 'Tomorrow.' }),
  story('8', '06T09:00', null, { resource_subtype: 'marked_complete' }),
];
const record = { task, stories, project: support, sections: { '301': 'Inbox', '302': 'Waiting' }, guests: ['51'] };
const told = ({ at, status, team, person }: EventRow) => [at.slice(8, 16), status, team, person];
const changes = (mapped: MappedRecord) => (mapped.events ?? []).filter(({ kind }) => kind === 'changed').map(told);

describe('a task of a guest', () => {
  const { item, events = [], links, customers, teams, warnings } = map(record, { team: { field: 'Team' } });

  it('began with what its first stories changed from', () => {
    expect(events[0]).toEqual({
      externalId: '900:created',
      kind: 'created',
      at: '2026-11-02T08:00:00.000Z',
      seq: 0,
      actor: { id: '51', role: 'customer' },
      status: 'Inbox',
      team: '71',
      person: null,
    });
    // 17:00 in Berlin in winter.
    expect(events[1]).toMatchObject({ externalId: '900:created:due', kind: 'promised', dueAt: '2026-11-05T16:00:00Z' });
    expect(events[2]).toMatchObject({ kind: 'said', side: 'customer', message: { body: 'It does not print.' } });
  });

  it('goes through sections, teams and people until it is ticked off', () => {
    expect(events.filter(({ kind }) => kind === 'changed').map(told)).toEqual([
      ['02T09:00', undefined, undefined, '11'],
      ['03T08:00', 'Waiting', undefined, undefined],
      ['04T08:00', undefined, '72', undefined],
      ['06T09:00', 'Completed', undefined, undefined],
    ]);
  });

  it('has its due date moved to a time of day', () => {
    expect(events.filter(({ kind }) => kind === 'promised')[1]).toMatchObject({ externalId: 'story:4', dueAt: '2026-11-07T10:00:00.000Z' });
  });

  it('tells by whom a comment is, and nothing of who may read it', () => {
    const said = events.filter(({ kind }) => kind === 'said');
    expect(said.map(({ side, message }) => [side, message?.body])).toEqual([
      ['customer', 'It does not print.'],
      ['customer', 'Any news?'],
      ['team', 'Tomorrow.'],
    ]);
    expect(said.every(({ isPublic }) => isPublic === undefined)).toBe(true);
  });

  it('is described as it is now', () => {
    expect(item).toEqual({
      externalId: '900',
      asOfAt: '2026-11-06T09:00:00.000Z',
      asOfSeq: 0,
      title: 'Printer',
      url: 'https://app.asana.com/0/44/900',
      type: 'task',
      service: 'Support',
      customer: '51',
      createdAt: '2026-11-02T08:00:00.000Z',
      attributes: { Team: 'Red' },
    });
    expect(customers).toEqual([{ externalId: '51', name: 'Cara Cust' }]);
    expect(teams).toEqual([
      { externalId: '71', name: 'Blue' },
      { externalId: '72', name: 'Red' },
    ]);
    expect(links).toEqual([
      { to: { externalId: '901' }, kind: 'blocks', at: '2026-11-02T08:00:00.000Z' },
      { to: { externalId: '800' }, kind: 'relates', at: '2026-11-02T08:00:00.000Z' },
    ]);
  });

  it('leaves nothing to wonder about', () => expect(warnings).toEqual([]));
});

it('a task that is opened again returns to the section it lies in by then', () => {
  const more = [
    story('9', '07T08:00', mia, { resource_subtype: 'section_changed', old_section: waiting, new_section: inbox }),
    story('10', '07T09:00', mia, { resource_subtype: 'marked_incomplete' }),
  ];
  const now = { ...task, completed: false, memberships: [{ project: support, section: inbox }] };
  expect(changes(map({ ...record, task: now, stories: [...stories, ...more] })).at(-1)).toEqual([
    '07T09:00',
    'Inbox',
    undefined,
    undefined,
  ]);
});

it('a move within another project of the task says nothing', () => {
  const other = { gid: '55', name: 'Roadmap' };
  const elsewhere = story('9', '03T10:00', mia, {
    resource_subtype: 'section_changed',
    old_section: { gid: '501', name: 'Now' },
    new_section: { gid: '502', name: 'Later' },
  });
  const both = { ...task, memberships: [...task.memberships, { project: other, section: { gid: '502', name: 'Later' } }] };
  const mapped = map({ ...record, task: both, stories: [...stories.slice(0, 3), elsewhere, ...stories.slice(3)] });
  expect(changes(mapped).map(([, status]) => status)).toEqual([undefined, 'Waiting', 'Completed']);
  expect(mapped.warnings).toEqual([]);
});

it('what no story explains holds from the last change on, and is counted', () => {
  const moved = { ...task, completed: false, memberships: [{ project: support, section: inbox }], assignee: null };
  const mapped = map({ ...record, task: moved, stories: stories.slice(0, 3) });
  expect(changes(mapped).at(-1)).toEqual(['06T09:00', 'Inbox', undefined, null]);
  expect(mapped.warnings).toEqual(['history_gap']);
});

it('whom a first story takes a task from is known only where the story names them', () => {
  const first = (more: object) => map({ ...record, stories: [story('1', '02T09:00', mia, { resource_subtype: 'unassigned', ...more })] });
  expect(first({ assignee: mia }).events?.[0]?.person).toBe('11');
  expect(first({}).events?.[0]).not.toHaveProperty('person');
});

it('a story of an unknown kind is counted', () => {
  expect(map({ ...record, stories: [...stories, story('9', '06T10:00', mia, { resource_subtype: 'cheered' })] }).warnings).toEqual([
    'unknown_kind',
  ]);
});

it('a task without a time of creation is refused', () => {
  expect(() => map({ ...record, task: { ...task, created_at: null } })).toThrow(RejectedRecord);
});

it('items of other tools that its texts name are links since the first time', () => {
  const mapped = map(
    { ...record, task: { ...task, notes: 'See https://acme.zendesk.com/agent/tickets/35.' } },
    { linkedTools: { 'Help desk': 'https://acme.zendesk.com' } },
  );
  expect(mapped.links?.filter(({ to }) => to.connection)).toEqual([
    { to: { connection: 'Help desk', externalId: '35' }, kind: 'relates', at: '2026-11-02T08:00:00.000Z' },
  ]);
});

import { expect, test } from 'vitest';
import type { Json } from '#etl/connector.js';
import { mapTask } from '#etl/connectors/servicenow/map.js';
import { serviceNowConfigSchema } from '#etl/connectors/servicenow/payload.js';

const config = serviceNowConfigSchema.parse({ url: 'https://acme.service-now.com/' });
const column = (value: string, display_value = value) => ({ value, display_value });

const task = {
  sys_id: column('i1'),
  number: column('INC0010001'),
  short_description: column('Mail is down'),
  sys_created_on: column('2026-03-01 08:00:00', '01/03/2026 09:00:00'),
  sys_created_by: column('ada'),
  sys_updated_on: column('2026-03-02 10:00:00', '02/03/2026 11:00:00'),
  priority: column('2', '2 - High'),
  business_service: column('s1', 'Mail'),
  contact_type: column('phone', 'Phone'),
  caller_id: column('u1', 'Ada'),
  company: column('c1', 'Acme'),
  state: column('2', 'In Progress'),
  assignment_group: column('g2', 'Second line'),
  assigned_to: column('', ''),
  due_date: column('2026-03-05 16:00:00'),
  parent_incident: column('i0', 'INC0010000'),
};
const audit = (id: string, fieldname: string, oldvalue: string, newvalue: string, at = '2026-03-02 10:00:00') => ({
  sys_id: id,
  documentkey: 'i1',
  fieldname,
  oldvalue,
  newvalue,
  user: 'ben',
  sys_created_on: at,
  record_checkpoint: '2',
});
const journal = (id: string, element: string, value: string, by: string) => ({
  sys_id: id,
  element,
  value,
  sys_created_on: '2026-03-01 09:00:00',
  sys_created_by: by,
});
const map = (change: { [key: string]: Json } = {}, given = config) =>
  mapTask(given, {
    externalId: 'i1',
    op: 'upsert',
    payload: {
      task,
      audits: [],
      journals: [],
      states: { '1': 'New', '2': 'In Progress' },
      people: { ada: { id: 'u1', name: 'Ada', isStaff: false }, ben: { id: 'u2', name: 'Ben', isStaff: true } },
      names: { g1: 'First line' },
      ...change,
    },
  });

test('an incident is an item with its number, service, channel and the company that waits', () => {
  expect(map().item).toEqual({
    externalId: 'i1',
    aliases: ['INC0010001'],
    asOfAt: '2026-03-02T10:00:00.000Z',
    asOfSeq: 0,
    type: 'incident',
    url: 'https://acme.service-now.com/incident.do?sys_id=i1',
    createdAt: '2026-03-01T08:00:00.000Z',
    title: 'Mail is down',
    service: 'Mail',
    priority: '2 - High',
    channel: 'Phone',
    customer: 'c1',
    attributes: { number: 'INC0010001' },
  });
  expect(map().customers).toEqual([{ externalId: 'c1', name: 'Acme' }]);
  expect(map().links).toEqual([{ to: { externalId: 'i0' }, kind: 'relates', at: '2026-03-01T08:00:00.000Z' }]);
  expect(map({}, { ...config, customer: 'caller' }).customers).toEqual([{ externalId: 'u1', name: 'Ada' }]);
});

test('the creation has the first values of each field, and the audits change them', () => {
  const audits = [
    audit('a1', 'state', '1', '2'),
    audit('a2', 'assignment_group', 'g1', 'g2'),
    audit('a3', 'due_date', '', '2026-03-05 16:00:00'),
  ];
  const customer = { id: 'u1', role: 'customer' };
  const actor = { id: 'u2', role: 'agent' };
  const at = '2026-03-02T10:00:00.000Z';
  const { events, teams, warnings } = map({ audits });
  expect(events).toEqual([
    {
      externalId: 'i1:created',
      kind: 'created',
      at: '2026-03-01T08:00:00.000Z',
      seq: 0,
      status: 'New',
      team: 'g1',
      person: null,
      actor: customer,
    },
    { externalId: 'audit:a1', kind: 'changed', at, seq: 2, actor, status: 'In Progress' },
    { externalId: 'audit:a2', kind: 'changed', at, seq: 3, actor, team: 'g2' },
    { externalId: 'audit:a3', kind: 'promised', at, seq: 4, actor, dueAt: '2026-03-05T16:00:00.000Z' },
  ]);
  expect(teams).toEqual([
    { externalId: 'g2', name: 'Second line' },
    { externalId: 'g1', name: 'First line' },
  ]);
  expect(warnings).toEqual([]);
});

test('comments are public, work notes are not; a program’s word is no person’s; other journals are counted', () => {
  const { events, warnings } = map({
    journals: [
      journal('j1', 'comments', 'Still down', 'ada'),
      journal('j2', 'comments', 'We look', 'ben'),
      journal('j3', 'work_notes', 'Disk is full', 'ben'),
      journal('j4', 'comments', 'Your ticket was read', 'system'),
      journal('j5', 'approval_history', 'approved', 'ben'),
    ],
  });
  const said = events?.filter(({ kind }) => kind === 'said');
  expect(said?.map(({ externalId, side, isPublic, isBot }) => [externalId, side, isPublic, isBot])).toEqual([
    ['journal:j1', 'customer', true, false],
    ['journal:j2', 'team', true, false],
    ['journal:j3', 'team', false, false],
    ['journal:j4', 'system', true, true],
  ]);
  expect(warnings).toEqual(['unknown_kind:approval_history']);
});

test('where audits cannot be read nothing is said of the beginning, and what holds now holds since the last change', () => {
  const at = '2026-03-02T10:00:00.000Z';
  expect(map({ audits: null }).events).toEqual([
    { externalId: 'i1:created', kind: 'created', at: '2026-03-01T08:00:00.000Z', seq: 0, actor: { id: 'u1', role: 'customer' } },
    { externalId: 'i1:now', kind: 'changed', at, seq: 2, status: 'In Progress', team: 'g2', person: null },
    { externalId: 'i1:now:due', kind: 'promised', at, seq: 3, dueAt: '2026-03-05T16:00:00.000Z' },
  ]);
});

test('audits that do not lead to what holds now are a gap, and what holds now is told', () => {
  const { events, warnings } = map({ audits: [audit('a1', 'state', '1', '7')] });
  expect(events?.at(-1)).toEqual({
    externalId: 'i1:now',
    kind: 'changed',
    at: '2026-03-02T10:00:00.000Z',
    seq: 3,
    status: 'In Progress',
  });
  expect(events?.find(({ externalId }) => externalId === 'audit:a1')?.status).toBe('7');
  expect(warnings).toEqual(['history_gap']);
});

test('a record without what each has is refused with the reason', () => {
  expect(() => map({ task: { ...task, sys_id: 5 } })).toThrow(/sys_id/);
  expect(() => map({ task: { ...task, sys_updated_on: column('01/02/2026') } })).toThrow('"01/02/2026" is no time');
});

test('what it names of other tools by address, in words and in columns of its own, is linked', () => {
  const given = { ...config, linkedTools: { tracker: 'https://acme.atlassian.net' } };
  const told = {
    task: { ...task, u_bug: column('https://acme.atlassian.net/browse/SUP-13') },
    journals: [journal('j1', 'work_notes', 'See https://acme.atlassian.net/browse/SUP-12.', 'ben')],
  };
  expect(map(told, given).links?.slice(1)).toEqual([
    { to: { connection: 'tracker', externalId: 'SUP-13' }, kind: 'relates', at: '2026-03-01T08:00:00.000Z' },
    { to: { connection: 'tracker', externalId: 'SUP-12' }, kind: 'relates', at: '2026-03-01T09:00:00.000Z' },
  ]);
});

import { expect, test } from 'vitest';
import type { Json, MappedRecord } from '#etl/connector.js';
import { mapObject } from '#etl/connectors/hubspot/map.js';
import { stageMeanings, stageNames } from '#etl/connectors/hubspot/names.js';
import { hubspotConfigSchema } from '#etl/connectors/hubspot/payload.js';

const config = hubspotConfigSchema.parse({});
const at = '2026-03-01T08:00:00.000Z';

const ticket = {
  id: '35',
  createdAt: at,
  updatedAt: '2026-03-02T08:00:00.000Z',
  properties: {
    subject: 'Printer on fire',
    hs_pipeline: '0',
    hs_pipeline_stage: '2',
    hs_ticket_priority: 'HIGH',
    source_type: 'EMAIL',
    createdate: at,
    hs_lastmodifieddate: '2026-03-02T08:00:00.000Z',
  },
  propertiesWithHistory: {
    hs_pipeline_stage: [
      { value: '2', timestamp: '2026-03-01T10:00:00.000Z', sourceType: 'AUTOMATION_PLATFORM', sourceId: 'enrollmentId:1' },
      { value: '1', timestamp: '2026-03-01T08:00:00.120Z', sourceType: 'CRM_UI', sourceId: 'userId:1011' },
    ],
    hubspot_owner_id: [
      { value: '', timestamp: '2026-03-01T12:00:00.000Z', sourceType: 'CRM_UI', updatedByUserId: 2099 },
      { value: '11', timestamp: '2026-03-01T09:00:00.000Z', sourceType: 'CRM_UI', updatedByUserId: 1011 },
    ],
  },
};
const record = {
  object: ticket,
  account: { portal: '4711', domain: 'app.hubspot.com' },
  names: {
    stages: { '1': 'New', '2': 'Waiting on contact' },
    pipelines: { '0': 'Support' },
    owners: { '11': 'Ada' },
    teams: {},
    users: { '1011': '11' },
  },
  companies: [{ id: '9', name: 'Acme' }],
  contacts: [{ id: '7', name: 'Bob' }],
  emails: [],
  notes: [],
  others: [],
};
const map = (change: { [key: string]: Json } = {}, given = config, kind: 'tickets' | 'deals' = 'tickets'): MappedRecord =>
  mapObject(given, kind, { externalId: '35', payload: { ...record, ...change }, op: 'upsert' });

test('a ticket is an item with its pipeline as service, its company as customer and its page', () => {
  const { item, customers, people, warnings } = map();
  expect(item).toEqual({
    externalId: 'ticket 35',
    asOfAt: '2026-03-02T08:00:00.000Z',
    asOfSeq: 0,
    type: 'ticket',
    url: 'https://app.hubspot.com/contacts/4711/record/0-5/35',
    createdAt: at,
    title: 'Printer on fire',
    priority: 'HIGH',
    channel: 'EMAIL',
    service: 'Support',
    customer: 'company 9',
  });
  expect(customers).toEqual([{ externalId: 'company 9', name: 'Acme' }]);
  expect(people).toEqual([{ externalId: '11', name: 'Ada' }]);
  expect(warnings).toEqual([]);
});

test('the contact waits where there is no company, or where the connection says so', () => {
  expect(map({ companies: [] }).item?.customer).toBe('contact 7');
  expect(map({}, { ...config, customer: 'contact' }).item?.customer).toBe('contact 7');
  expect(map({ companies: null, contacts: [] }).item?.customer).toBeUndefined();
});

test('a value as old as the ticket is what it began with, each later one a change', () => {
  expect(map().events).toEqual([
    {
      externalId: 'ticket 35 created',
      kind: 'created',
      at,
      seq: 0,
      status: 'New',
      actor: { id: '11', role: 'agent' },
      person: null,
      team: null,
    },
    {
      externalId: 'ticket 35 hubspot_owner_id 2026-03-01T09:00:00.000Z 11',
      kind: 'changed',
      at: '2026-03-01T09:00:00.000Z',
      seq: 1,
      actor: { id: '11', role: 'agent' },
      person: '11',
    },
    {
      externalId: 'ticket 35 hs_pipeline_stage 2026-03-01T10:00:00.000Z 2',
      kind: 'changed',
      at: '2026-03-01T10:00:00.000Z',
      seq: 2,
      actor: { role: 'system' },
      status: 'Waiting on contact',
    },
    {
      externalId: 'ticket 35 hubspot_owner_id 2026-03-01T12:00:00.000Z ',
      kind: 'changed',
      at: '2026-03-01T12:00:00.000Z',
      seq: 3,
      actor: { id: 'user 2099', role: 'agent' },
      person: null,
    },
  ]);
});

test('where HubSpot forgot older values, nothing is said of how the ticket began, and it is counted', () => {
  const values = Array.from({ length: 20 }, (_, n) => ({
    value: String(20 - n),
    timestamp: `2026-03-02T${String(20 - n).padStart(2, '0')}:00:00.000Z`,
  }));
  const { events, warnings } = map({ object: { ...ticket, propertiesWithHistory: { hubspot_owner_id: values } } as unknown as Json });
  expect(warnings).toEqual(['history_truncated']);
  expect(events?.[0]).toEqual({ externalId: 'ticket 35 created', kind: 'created', at, seq: 0, team: null });
  expect(events?.length).toBe(21);
});

test('dates of the named property are promises: days end when the connection says, milliseconds are read', () => {
  const promised = [
    { value: '', timestamp: '2026-03-04T00:00:00.000Z' },
    { value: '1773187200000', timestamp: '2026-03-03T00:00:00.000Z' },
    { value: '2026-03-09T16:30:00Z', timestamp: '2026-03-02T00:00:00.000Z' },
    { value: '2026-03-05', timestamp: at },
  ];
  const object = { ...ticket, propertiesWithHistory: { due: promised } } as unknown as Json;
  const given = { ...config, dueField: 'due', zone: 'Europe/Berlin', endOfDay: '18:00' };
  const told = map({ object }, given).events?.flatMap((event) => (event.kind === 'promised' ? [[event.at, event.dueAt]] : []));
  expect(told).toEqual([
    [at, '2026-03-05T17:00:00Z'],
    ['2026-03-02T00:00:00.000Z', '2026-03-09T16:30:00Z'],
    ['2026-03-03T00:00:00.000Z', '2026-03-11T17:00:00Z'],
    ['2026-03-04T00:00:00.000Z', null],
  ]);
});

test('e-mails in and out are public, notes and forwarded mails are for the team, drafts are no word', () => {
  const mail = (id: string, direction: string, more: { [key: string]: Json } = {}): Json => ({
    id,
    createdAt: at,
    properties: {
      hs_timestamp: '2026-03-01T09:00:00.000Z',
      hs_email_direction: direction,
      hs_email_text: `Mail ${id}`,
      hubspot_owner_id: '11',
      ...more,
    },
  });
  const emails = [
    mail('1', 'INCOMING_EMAIL'),
    mail('2', 'EMAIL', { hs_email_status: 'SENT' }),
    mail('3', 'FORWARDED_EMAIL'),
    mail('4', 'DRAFT_EMAIL'),
    mail('5', 'EMAIL', { hs_email_status: 'FAILED' }),
    mail('6', 'PIGEON'),
  ];
  const notes = [{ id: '1', createdAt: at, properties: { hs_note_body: '<p>Ask the <b>vendor</b> &amp; wait</p>' } }];
  const { events, warnings } = map({ emails, notes });
  const said = events?.filter(({ kind }) => kind === 'said');
  expect(said?.map(({ externalId, side, isPublic, actor, message }) => [externalId, side, isPublic, actor, message?.body])).toEqual([
    ['ticket 35 email 1', 'customer', true, { role: 'customer' }, 'Mail 1'],
    ['ticket 35 email 2', 'team', true, { id: '11', role: 'agent' }, 'Mail 2'],
    ['ticket 35 email 3', 'team', false, { id: '11', role: 'agent' }, 'Mail 3'],
    ['ticket 35 note 1', 'team', false, undefined, 'Ask the vendor & wait'],
  ]);
  expect(warnings).toEqual(['unknown_kind:PIGEON']);
});

test('a deal becomes the tickets that came after it; the ticket leaves the telling to the deal', () => {
  const others = [
    { id: '81', createdAt: '2026-03-20T08:00:00.000Z' },
    { id: '12', createdAt: '2026-02-01T08:00:00.000Z' },
  ];
  const properties = { dealname: 'Big order', dealstage: '1', pipeline: '0', amount: '900', createdate: at };
  const deal = map({ object: { ...ticket, properties } as unknown as Json, others }, config, 'deals');
  expect(deal.item).toMatchObject({
    externalId: 'deal 35',
    type: 'deal',
    title: 'Big order',
    url: 'https://app.hubspot.com/contacts/4711/record/0-3/35',
    attributes: { amount: '900' },
  });
  expect(deal.links).toEqual([
    { to: { externalId: 'ticket 81' }, kind: 'becomes', at: '2026-03-20T08:00:00.000Z' },
    { to: { externalId: 'ticket 12' }, kind: 'relates', at },
  ]);
  expect(map({ others }).links).toEqual([]);
});

test('an address of another tool is a link from the first time it was written; a deal becomes what it names', () => {
  const linkedTools = { tasks: 'https://app.asana.com' };
  const words = (id: string, hs_timestamp: string) => ({
    id,
    createdAt: at,
    properties: { hs_timestamp, hs_note_body: '<p>See <a href="https://app.asana.com/0/11/22">the task</a></p>' },
  });
  const notes = [words('1', '2026-03-07T08:00:00.000Z'), words('2', '2026-03-06T08:00:00.000Z')];
  const link = { to: { connection: 'tasks', externalId: '22' }, at: '2026-03-06T08:00:00.000Z' };
  expect(map({ notes }, { ...config, linkedTools }, 'deals').links).toEqual([{ ...link, kind: 'becomes' }]);
  expect(map({ notes }, { ...config, linkedTools }).links).toEqual([{ ...link, kind: 'relates' }]);
  expect(map({ notes }).links).toEqual([]);
});

test('stages of one label that end differently are named with their pipeline, and lost deals are cancelled', () => {
  const stages = [
    { id: '1', label: 'New', pipeline: 'Support', end: 'open' as const },
    { id: '4', label: 'Closed', pipeline: 'Support', end: 'won' as const },
    { id: 'lost', label: 'Closed', pipeline: 'Sales', end: 'lost' as const },
    { id: 'wait', label: 'Waiting on contact', pipeline: 'Support', end: 'open' as const },
  ];
  expect([...stageNames(stages).values()]).toEqual(['New', 'Support: Closed', 'Sales: Closed', 'Waiting on contact']);
  expect(stageMeanings(stages)).toEqual({
    New: 'ours_waiting',
    'Support: Closed': 'done',
    'Sales: Closed': 'cancelled',
    'Waiting on contact': 'unmapped',
  });
});

test('a value in another form than text is refused with its place', () => {
  const object = { ...ticket, propertiesWithHistory: { hs_pipeline_stage: [{ value: { was: 'odd' }, timestamp: at }] } } as unknown as Json;
  expect(() => map({ object })).toThrow(/propertiesWithHistory\.hs_pipeline_stage/);
});

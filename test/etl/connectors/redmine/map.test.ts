import { describe, expect, it } from 'vitest';
import { RejectedRecord, type EventRow, type Json, type MappedRecord } from '#etl/connector.js';
import { redmineConnector } from '#etl/connectors/redmine/connector.js';
import { configSchema } from '#etl/connectors/redmine/payload.js';
import printer from './recorded/printer.json' with { type: 'json' };
import scanner from './recorded/scanner.json' with { type: 'json' };

const map = (payload: unknown, more: object = {}): MappedRecord =>
  redmineConnector.map(configSchema.parse({ url: 'https://tracker.example.com/', zone: 'Europe/Berlin', ...more }), 'issues', {
    externalId: '10',
    op: 'upsert',
    payload: payload as Json,
  });

/** The recorded issue with other fields, or without its journals. */
const changed = (issue: object, names: object = {}) => ({ issue: { ...printer.issue, ...issue }, names: { ...printer.names, ...names } });
const journal = (details: object[], more: object = {}) => ({
  ...{ id: 90, user: { id: 23, name: 'Mia Moss' }, notes: '', created_on: '2026-11-22T08:00:00Z', private_notes: false },
  details,
  ...more,
});
const told = (row: EventRow | undefined) => ({ status: row?.status, team: row?.team, person: row?.person });
const opening = (mapped: MappedRecord) => told(mapped.events?.[0]);

describe('an issue as a real Redmine 5.0 told it', () => {
  const { item, events = [], links, customers, warnings } = map(printer);

  it('began with what its first changes changed from', () => {
    expect(events[0]).toMatchObject({ externalId: '10:created', at: '2026-11-22T00:21:30Z', status: 'New', team: null, person: null });
    expect(events[0]?.actor).toEqual({ id: '25', role: 'customer' });
    expect(events[1]).toMatchObject({ kind: 'promised', at: '2026-11-22T00:21:30Z', dueAt: '2026-11-30T16:00:00Z' });
    expect(events[2]).toMatchObject({ kind: 'said', side: 'customer', isPublic: true, message: { body: 'It does not print.' } });
  });

  it('goes from group to person in the order of its journals', () => {
    expect(events.filter(({ kind }) => kind === 'changed').map(told)).toEqual([
      { status: undefined, team: '26', person: null },
      { status: 'In Progress', team: '26', person: '23' },
      { status: 'Feedback', team: undefined, person: undefined },
      { status: 'Closed', team: undefined, person: undefined },
      { status: 'In Progress', team: null, person: null },
    ]);
  });

  it('has its due date moved and taken back', () => {
    expect(events.filter(({ kind }) => kind === 'promised').map(({ dueAt }) => dueAt)).toEqual([
      '2026-11-30T16:00:00Z',
      '2026-12-02T16:00:00Z',
      null,
    ]);
  });

  it('tells notes apart by who wrote them and who may read them', () => {
    const notes = events.filter(({ kind }) => kind === 'said').map(({ side, isPublic, message }) => [side, isPublic, message?.body]);
    expect(notes).toEqual([
      ['customer', true, 'It does not print.'],
      ['team', true, 'I look at it.'],
      ['team', true, 'The part comes on Tuesday.'],
      ['team', false, 'She always asks twice.'],
      ['customer', true, 'Any news?'],
    ]);
  });

  it('is described as it is now', () => {
    expect(item).toEqual({
      externalId: '10',
      asOfAt: '2026-11-22T00:21:32Z',
      asOfSeq: 0,
      title: 'printer',
      url: 'https://tracker.example.com/issues/10',
      type: 'Support',
      service: 'Acme',
      priority: 'Normal',
      customer: '25',
      createdAt: '2026-11-22T00:21:30Z',
    });
    expect(customers).toEqual([{ externalId: '25', name: 'Cara Cust' }]);
  });

  it('blocks another one since the journal that says so, which the other one does not say again', () => {
    expect(links).toEqual([{ to: { externalId: '11' }, kind: 'blocks', at: '2026-11-22T00:21:33Z' }]);
    expect(map(scanner).links).toEqual([]);
  });

  it('leaves nothing to wonder about', () => expect(warnings).toEqual([]));
});

describe('what a connection says of its words', () => {
  it('a project can be the team, and the customer', () => {
    const mapped = map(printer, { team: 'project', customer: 'project' });
    expect(opening(mapped)).toEqual({ status: 'New', team: '6', person: null });
    expect(mapped.teams).toEqual([{ externalId: '6', name: 'Acme' }]);
    expect(mapped.item?.customer).toBe('6');
  });

  it('a category can be the team', () => {
    const moved = journal([{ property: 'attr', name: 'category_id', old_value: '3', new_value: null }]);
    const mapped = map(changed({ journals: [moved] }, { categories: { 3: 'Printers' } }), { team: 'category' });
    expect(opening(mapped).team).toBe('3');
    expect(mapped.events?.find(({ kind }) => kind === 'changed')?.team).toBe(null);
  });

  it('a custom field can be the customer', () => {
    const fields = [{ id: 1, name: 'Account', value: 'Acme Ltd' }];
    const mapped = map(changed({ custom_fields: fields }), { customer: { field: 'Account' } });
    expect(mapped.customers).toEqual([{ externalId: 'Acme Ltd', name: 'Acme Ltd' }]);
    expect(mapped.item?.attributes).toEqual({ Account: 'Acme Ltd' });
  });

  it('another role can be that of customers', () => {
    const said = map(printer, { customerRoles: ['Manager'] }).events?.filter(({ kind }) => kind === 'said');
    expect(said?.map(({ side }) => side)).toEqual(['team', 'customer', 'customer', 'customer', 'team']);
  });

  it('a bot is no colleague', () => {
    const mapped = map(printer, { bots: ['Mia Moss'] });
    expect(mapped.events?.find(({ message }) => message?.body === 'I look at it.')).toMatchObject({ side: 'system', isBot: true });
    expect(mapped.people).toContainEqual({ externalId: '23', name: 'Mia Moss', isBot: true });
  });
});

describe('what is odd', () => {
  it('files that come with a note are named', () => {
    const file = { property: 'attachment', name: '5', old_value: null, new_value: 'photo.jpg' };
    const mapped = map(changed({ journals: [journal([file], { notes: 'See here.' })] }));
    expect(mapped.events?.find(({ externalId }) => externalId === 'journal:90:note')?.message).toEqual({
      body: 'See here.',
      attachments: ['photo.jpg'],
    });
  });

  it('a request our people write down is no word to the customer', () => {
    const mapped = map(changed({ author: { id: 23, name: 'Mia Moss' }, journals: [] }));
    expect(mapped.events?.at(-1)).toMatchObject({ kind: 'said', side: 'team', isPublic: false });
    expect(mapped.item?.customer).toBeUndefined();
  });

  it('a value that no journal explains holds from the last change on, and is counted', () => {
    const mapped = map(changed({ due_date: '2026-12-24' }));
    expect(mapped.events?.at(-1)).toMatchObject({ kind: 'promised', at: '2026-11-22T00:21:32Z', dueAt: '2026-12-24T16:00:00Z' });
    expect(mapped.warnings).toEqual(['history_gap']);
  });

  it('a journal detail of a kind nobody knows is counted', () => {
    const odd = journal([{ property: 'mood', name: 'cheer', old_value: null, new_value: '3' }]);
    expect(map(changed({ journals: [...printer.issue.journals, odd] })).warnings).toEqual(['unknown_kind']);
  });

  it('an issue without journals has what it has from the beginning', () => {
    expect(opening(map(changed({ journals: [] })))).toEqual({ status: 'In Progress', team: null, person: null });
  });

  it('a duplicate is counted in no metric', () => {
    const relation = { issue_id: 10, issue_to_id: 3, relation_type: 'duplicates' };
    expect(map(changed({ relations: [relation] })).item?.excluded).toBe('duplicate');
  });

  it('a form that is not known is refused with its place', () => {
    expect(() => map(changed({ status: 'open' }))).toThrow(RejectedRecord);
    expect(() => map(changed({ status: 'open' }))).toThrow('→ at issue.status');
  });

  it('a due date that is none is refused', () => {
    expect(() => map(changed({ due_date: 'soon', journals: [] }))).toThrow('The due date is "soon"');
  });
});

describe('addresses of other tools', () => {
  it('are links, whether in the description, in a field or in a note', () => {
    const told = changed({
      description: 'https://acme.zendesk.com/agent/tickets/1',
      custom_fields: [{ id: 1, name: 'Ticket', value: 'https://acme.zendesk.com/agent/tickets/2' }],
      journals: [journal([], { notes: 'https://acme.zendesk.com/agent/tickets/3' })],
    });
    const { links = [] } = map(told, { linkedTools: { desk: 'https://acme.zendesk.com' } });
    expect(links.flatMap(({ to, at }) => (to.connection ? [[to.externalId, at]] : []))).toEqual([
      ['1', '2026-11-22T00:21:30Z'],
      ['2', '2026-11-22T00:21:30Z'],
      ['3', '2026-11-22T08:00:00Z'],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { RejectedRecord, type Json, type MappedRecord } from '#etl/connector.js';
import { rtConnector } from '#etl/connectors/rt/connector.js';
import { configSchema } from '#etl/connectors/rt/payload.js';
import deleted from './recorded/deleted.json' with { type: 'json' };
import merged from './recorded/merged.json' with { type: 'json' };
import printer from './recorded/printer.json' with { type: 'json' };

const map = (payload: unknown, more: object = {}): MappedRecord =>
  rtConnector.map(configSchema.parse({ url: 'https://rt.example.com', ...more }), 'tickets', {
    externalId: '9',
    op: 'upsert',
    payload: payload as Json,
  });

const changed = (ticket: object) => ({ ...printer, ticket: { ...printer.ticket, ...ticket } });
const transaction = (Type: string, more: object = {}) => ({
  ...{
    id: '900',
    Created: '2026-11-22T08:00:00Z',
    Creator: { type: 'user', id: 'mia' },
    ObjectId: '9',
    OldValue: '',
    NewValue: '',
    Field: '',
  },
  Type,
  ...more,
});
const withOne = (Type: string, more: object = {}, ticket: object = {}) => ({
  ...changed(ticket),
  transactions: [...printer.transactions, transaction(Type, more)],
});

describe('a ticket as a real Request Tracker 5.0 told it', () => {
  const { item, events = [], links, customers, people, warnings } = map(printer);
  const queues = Object.fromEntries(Object.entries(printer.queues).map(([id, name]) => [name, id]));

  it('began with what its first changes changed from', () => {
    expect(events[0]).toMatchObject({ kind: 'created', status: 'new', team: queues.Desk, person: null });
    expect(events[0]?.actor).toEqual({ id: 'ann', role: 'customer' });
    expect(events[1]).toMatchObject({ kind: 'promised', dueAt: '2026-11-30T12:00:00Z' });
    expect(events[2]).toMatchObject({ kind: 'said', side: 'customer', isPublic: true, message: { body: 'It does not print.' } });
  });

  it('changes owner, state and queue once each, though RT tells owners twice', () => {
    const states = events.filter(({ kind }) => kind === 'changed').map(({ status, team, person }) => status ?? team ?? person);
    expect(states).toEqual(['mia', 'open', queues['Field service'], null, 'resolved', 'open']);
  });

  it('has its due date moved and taken back', () => {
    expect(events.filter(({ kind }) => kind === 'promised').map(({ dueAt }) => dueAt)).toEqual([
      '2026-11-30T12:00:00Z',
      '2026-12-02T12:00:00Z',
      null,
    ]);
  });

  it('tells replies from comments, and takes the marks out of web text', () => {
    const texts = events.filter(({ kind }) => kind === 'said').map(({ side, isPublic, message }) => [side, isPublic, message?.body]);
    expect(texts).toEqual([
      ['customer', true, 'It does not print.'],
      ['team', true, 'I look at it.'],
      ['team', false, 'She always asks twice.'],
      ['customer', true, 'Any news?'],
    ]);
  });

  it('is described as it is now', () => {
    expect(item).toMatchObject({ externalId: '9', title: 'printer', type: 'ticket', customer: 'ann' });
    expect(item?.url).toBe('https://rt.example.com/Ticket/Display.html?id=9');
    expect(customers).toEqual([{ externalId: 'ann', name: 'Ann Asks' }]);
    expect(people?.map(({ name }) => name)).not.toContain('Nobody in particular');
    expect(links).toEqual([{ to: { externalId: '10' }, kind: 'blocks', at: expect.stringMatching(/^2026-11-22T00:2/) }]);
    expect(warnings).toEqual([]);
  });
});

describe('what is no longer there', () => {
  it('a merged ticket is a duplicate of the one it lives on in, and no work of its own', () => {
    const { item, links, events } = map(merged);
    expect(item).toMatchObject({ externalId: '11', excluded: 'merged' });
    expect(links).toMatchObject([{ to: { externalId: '9' }, kind: 'duplicates' }]);
    expect(events?.map(({ kind }) => kind)).toEqual(['created', 'said']);
  });

  it('a deleted ticket says when, and keeps its story', () => {
    const { item, events } = map(deleted);
    expect(item?.deletedAt).toBe('2026-11-22T00:23:50Z');
    expect(events?.map(({ status }) => status)).toEqual(['new', 'deleted']);
  });

  it('a link that was taken back is none', () => {
    const link = { Field: 'DependedOnBy', OldValue: 'fsck.com-rt://example.org/ticket/10' };
    expect(map(withOne('DeleteLink', link)).links).toEqual([]);
  });
});

describe('what is odd', () => {
  it('a type that nobody knows is counted by name', () => {
    expect(map(withOne('Cheer')).warnings).toEqual(['unknown_kind:Cheer']);
  });

  it('older releases have a type for each way to change an owner', () => {
    const [number = ''] = Object.entries(printer.logins).find(([, login]) => login === 'mia') ?? [];
    const [nobody = ''] = Object.entries(printer.logins).find(([, login]) => login === 'Nobody') ?? [];
    const taken = withOne('Take', { OldValue: nobody, NewValue: number }, { Owner: { type: 'user', id: 'mia' } });
    expect(map(taken).events?.at(-1)).toMatchObject({ externalId: 'txn:900', person: 'mia' });
    expect(map(taken).warnings).toEqual([]);
  });

  it('a value that no transaction explains holds from the last change on, and is counted', () => {
    const mapped = map(changed({ Status: 'stalled' }));
    expect(mapped.events?.at(-1)).toMatchObject({ kind: 'changed', status: 'stalled', at: printer.ticket.LastUpdated });
    expect(mapped.warnings).toEqual(['history_gap']);
  });

  it('whoever asked is the customer, also where it is a colleague', () => {
    const mapped = map(changed({ Requestor: [{ type: 'user', id: 'mia' }] }));
    expect(mapped.events?.find(({ message }) => message?.body === 'I look at it.')?.side).toBe('customer');
  });

  it('an organization can be the customer', () => {
    const users = { ...printer.users, ann: { ...printer.users.ann, organization: 'Acme' } };
    expect(map({ ...printer, users }, { customer: 'organization' }).customers).toEqual([{ externalId: 'Acme', name: 'Acme' }]);
    expect(map({ ...printer, users }).customers).toEqual([{ externalId: 'ann', name: 'Ann Asks', group: 'Acme' }]);
  });

  it('a custom field can be the customer and the service', () => {
    const CustomFields = [{ id: '1', name: 'Product', values: ['Scanner', 'Toner'] }];
    const field = { field: 'Product' };
    const { item } = map(changed({ CustomFields }), { customer: field, service: field });
    expect(item).toMatchObject({ customer: 'Scanner, Toner', service: 'Scanner, Toner', attributes: { Product: 'Scanner, Toner' } });
  });

  it('a form that is not known is refused with its place', () => {
    expect(() => map(changed({ Status: 7 }))).toThrow(RejectedRecord);
    expect(() => map(changed({ Status: 7 }))).toThrow('→ at ticket.Status');
  });

  it('a ticket of which nothing may be read is refused with the right that lacks', () => {
    expect(() => map({ ...printer, transactions: [] })).toThrow('the account may lack the right ShowTicket');
  });
});

describe('addresses of other tools', () => {
  const linkedTools = { desk: 'https://acme.zendesk.com' };
  const outside = { Field: 'RefersTo', NewValue: 'https://acme.zendesk.com/agent/tickets/1' };

  it('are links, whether they were written or linked', () => {
    const told = withOne('AddLink', outside, { CustomFields: [{ name: 'Ticket', values: ['https://acme.zendesk.com/agent/tickets/2'] }] });
    const texts = { 900: { body: 'https://acme.zendesk.com/agent/tickets/3', attachments: [] } };
    const { links = [] } = map({ ...told, texts: { ...told.texts, ...texts } }, { linkedTools });
    expect(links.flatMap(({ to }) => (to.connection ? [to.externalId] : []))).toEqual(['2', '3', '1']);
  });

  it('that were linked and taken back are none', () => {
    const told = withOne('AddLink', outside);
    const back = transaction('DeleteLink', { id: '901', Field: 'RefersTo', OldValue: outside.NewValue });
    const { links = [] } = map({ ...told, transactions: [...told.transactions, back] }, { linkedTools });
    expect(links.filter(({ to }) => to.connection)).toEqual([]);
  });
});

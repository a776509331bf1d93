import { describe, expect, test } from 'vitest';
import { RejectedRecord, type MappedRecord } from '#etl/connector.js';
import { csvConnector } from '#etl/connectors/csv/connector.js';

/** Maps one row given as cells by column. */
function map(mapping: Record<string, unknown>, row: Record<string, string>, n = 1): MappedRecord {
  const config = csvConnector.configSchema.parse({ file: 'x.csv', mapping });
  const payload = { columns: Object.keys(row), cells: Object.values(row), n };
  return csvConnector.map(config, 'rows', { externalId: 'row', payload, op: 'upsert' });
}

const log = {
  rows: 'events',
  missing: ['?'],
  item: { id: 'id', type: { value: 'task' } },
  event: { at: 'at', status: 'status', team: 'team' },
};
const row = { id: 'i1', at: '2026-01-05T09:00:00Z', status: 'open', team: 'A' };

describe('a row of an event log', () => {
  test('is one change at its time, in file order', () => {
    expect(map(log, row, 3)).toEqual({
      item: { externalId: 'i1', asOfAt: '2026-01-05T09:00:00Z', asOfSeq: 12, type: 'task', finishIsExplicit: false },
      events: [{ externalId: 'row', kind: 'changed', at: '2026-01-05T09:00:00Z', seq: 12, status: 'open', team: 'A' }],
    });
  });

  test('says nothing where a cell is empty, missing or noise', () => {
    const mapped = map({ ...log, noise: { status: ['-100'] } }, { ...row, status: '-100', team: '?' });
    expect(mapped.events?.[0]).toEqual({ externalId: 'row', kind: 'changed', at: '2026-01-05T09:00:00Z', seq: 4 });
  });

  test('says nobody has it where the mapping knows the word for it', () => {
    const mapped = map(
      { ...log, event: { ...log.event, team: { column: 'team', nobody: ['Unassigned'] } } },
      { ...row, team: 'Unassigned' },
    );
    expect(mapped.events?.[0]?.team).toBeNull();
  });

  test('takes its place from a column where the mapping names one', () => {
    const mapping = { ...log, event: { ...log.event, order: 'version' } };
    expect(map(mapping, { ...row, version: '7' }).events?.[0]?.seq).toBe(28);
    expect(() => map(mapping, { ...row, version: 'x' })).toThrow('Column "version" (event.order) is "x"; a whole number is expected.');
  });

  test('tells owners only where it is a reassignment, if the mapping says which rows are', () => {
    const mapping = { ...log, reassignment: { column: 'kind', values: ['Reassigned'] } };
    expect(map(mapping, { ...row, kind: 'Comment' }).events?.[0]?.team).toBeUndefined();
    expect(map(mapping, { ...row, kind: 'Reassigned' }).events?.[0]?.team).toBe('A');
  });

  test('promises the due date it shows; a date without a time ends with the day of business', () => {
    const mapping = { ...log, times: { zone: 'Europe/Berlin', endOfDay: '18:00' }, event: { ...log.event, due: 'due' } };
    expect(map(mapping, { ...row, due: '2026-01-09' }).events?.[1]).toEqual({
      externalId: 'row:due',
      kind: 'promised',
      at: '2026-01-05T09:00:00Z',
      seq: 5,
      dueAt: '2026-01-09T17:00:00Z',
    });
  });

  test('carries a message with its side and visibility', () => {
    const message = {
      body: 'text',
      side: { column: 'by', values: { Agent: 'team', User: 'customer' } },
      public: { column: 'scope', values: { out: 'true', in: 'false' } },
    };
    const mapping = { ...log, event: { ...log.event, message, actor: 'who' }, bots: ['robot'] };
    const said = (by: string, scope: string, who: string) => map(mapping, { ...row, text: 'Hello', by, scope, who }).events?.[1];
    expect(said('User', 'out', 'u1')).toMatchObject({
      kind: 'said',
      side: 'customer',
      isPublic: true,
      isBot: false,
      actor: { id: 'u1', role: 'customer' },
    });
    expect(said('Agent', 'in', 'robot')).toMatchObject({ side: 'team', isPublic: false, isBot: true, actor: { role: 'system' } });
    expect(() => said('Somebody', 'out', 'u1')).toThrow('The side of the message is "Somebody"; map it to team, customer, system');
  });

  test('names its parties where the table has their names', () => {
    const mapping = {
      ...log,
      item: { ...log.item, customer: { column: 'cid', name: 'cname', group: 'plan' } },
      event: { ...log.event, team: { column: 'team', name: 'tname' } },
    };
    const mapped = map(mapping, { ...row, cid: 'c1', cname: 'Ada', plan: 'Gold', tname: 'Support' });
    expect(mapped.customers).toEqual([{ externalId: 'c1', name: 'Ada', group: 'Gold' }]);
    expect(mapped.teams).toEqual([{ externalId: 'A', name: 'Support' }]);
    expect(mapped.item?.customer).toBe('c1');
  });

  test('fills the link to the tool', () => {
    const mapped = map({ ...log, item: { ...log.item, url: 'https://tool.example/tickets/{id}' } }, { ...row, id: 'A 1/2' });
    expect(mapped.item?.url).toBe('https://tool.example/tickets/A%201%2F2');
  });

  test('warns of a local time that a clock change repeats', () => {
    const mapped = map({ ...log, times: { zone: 'Europe/Berlin' } }, { ...row, at: '2026-10-25T02:30' });
    expect(mapped.warnings).toEqual(['ambiguous_local_time']);
  });

  test('without a time is refused', () => {
    expect(() => map(log, { ...row, at: '?' })).toThrow(RejectedRecord);
  });
});

const list = {
  rows: 'items',
  item: { id: 'id', type: { value: 'request' }, created: 'opened', finished: 'closed' },
  event: { status: 'status', team: 'team', due: 'due' },
  statuses: { Closed: 'done', Withdrawn: 'cancelled', Open: 'ours_waiting' },
};
const request = {
  id: 'r1',
  opened: '2026-01-05T09:00:00Z',
  closed: '2026-01-07T10:00:00Z',
  status: 'Closed',
  team: 'Roads',
  due: '2026-01-06T09:00:00Z',
};

describe('a row of an item list', () => {
  test('is created, promised and finished', () => {
    const mapped = map(list, request);
    expect(mapped.events?.map(({ kind, at, status, team, dueAt }) => [kind, at, status, team, dueAt])).toEqual([
      ['created', '2026-01-05T09:00:00Z', undefined, 'Roads', undefined],
      ['changed', '2026-01-07T10:00:00Z', 'Closed', undefined, undefined],
      ['promised', '2026-01-05T09:00:00Z', undefined, undefined, '2026-01-06T09:00:00Z'],
    ]);
    expect(mapped.item).toMatchObject({ createdAt: '2026-01-05T09:00:00Z', finishedAt: '2026-01-07T10:00:00Z', finishIsExplicit: true });
  });

  test('has had its status since its creation while it is open', () => {
    const mapped = map(list, { ...request, closed: '', status: 'Open' });
    expect(mapped.events?.map(({ kind, status }) => [kind, status])).toEqual([
      ['created', 'Open'],
      ['promised', undefined],
    ]);
    expect(mapped.item?.finishedAt).toBeUndefined();
  });

  test('that was cancelled ends by its status, not as finished', () => {
    const mapped = map(list, { ...request, status: 'Withdrawn' });
    expect(mapped.item?.finishedAt).toBeUndefined();
    expect(mapped.events?.[1]).toMatchObject({ kind: 'changed', at: '2026-01-07T10:00:00Z', status: 'Withdrawn' });
  });
});

test('what a table cannot tell comes with the reason', async () => {
  const context = { signal: new AbortController().signal, now: () => new Date(0), secret: () => Promise.reject(new Error('none')) };
  const discover = async (mapping: unknown) =>
    (await csvConnector.discover(csvConnector.configSchema.parse({ file: 'x.csv', mapping }), context)).capabilities;
  expect((await discover(log)).due).toEqual({ fidelity: 'none', reason: 'The mapping names no due date column.' });
  expect((await discover(log)).team).toEqual({ fidelity: 'full' });
  expect((await discover(list)).team).toEqual({
    fidelity: 'none',
    reason: 'An item list shows only the present team, not how it changed.',
  });
  expect((await discover(list)).finish).toEqual({ fidelity: 'full' });
  const { due, 'first-due': first } = await discover(list);
  expect([due.fidelity, first.fidelity]).toEqual(['full', 'none']);
  const fixed = await discover({ ...list, event: { ...list.event, due: { column: 'due', moves: 'never' } } });
  expect([fixed['first-due'].fidelity, fixed['due-history'].reason]).toEqual([
    'full',
    'The mapping says that the due date never moves (event.due.moves).',
  ]);
});

import { expect, test } from 'vitest';
import { RejectedRecord, type Page } from '#etl/connector.js';
import { pushedPages } from '#etl/connectors/push/client.js';
import { pushConnector } from '#etl/connectors/push/connector.js';
import { pushConfigSchema } from '#etl/connectors/push/payload.js';

const now = new Date('2026-03-02T12:00:00Z');
const context = { signal: new AbortController().signal, now: () => now, secret: () => Promise.reject(new Error('no secrets')) };
const config = pushConfigSchema.parse({ tells: ['status', 'courts', 'finish', 'team'], statuses: { Open: 'ours_active', Done: 'done' } });

async function pages(...chunks: (string | Buffer)[]): Promise<Page[]> {
  async function* body() {
    for (const chunk of chunks) yield Buffer.from(chunk);
  }
  const read: Page[] = [];
  for await (const page of pushedPages(body(), null, now)) read.push(page);
  return read;
}

function line(more: object): string {
  return JSON.stringify({ id: 'e1', kind: 'changed', at: '2026-03-02T09:00:00Z', item: { id: 'T1', type: 'ticket' }, ...more });
}

function mapped(more: object) {
  return pushConnector.map(config, 'events', { externalId: 'e1', payload: JSON.parse(line(more)), op: 'upsert' });
}

test('each line is a record under its own id, told with its place in the body; blank lines say nothing', async () => {
  const [page, ...others] = await pages(
    `${line({ id: 'a' })}\n\n`,
    `${line({ id: 'b' }).slice(0, 20)}`,
    `${line({ id: 'b' }).slice(20)}\r\n`,
  );
  expect(others).toEqual([]);
  expect(page?.done).toBe(true);
  expect(page?.records.map((record) => ('unreadable' in record ? 'unreadable' : [record.externalId, record.position, record.op]))).toEqual([
    ['a', 'line 1', 'upsert'],
    ['b', 'line 3', 'upsert'],
  ]);
});

test.each([
  ['{"id":', 'not_json'],
  ['["id"]', 'not_an_object'],
  ['{"id": 7}', 'no_event_id'],
  [line({ at: '2026-03-03T12:00:01Z' }), 'in_future'],
])('%s is set aside as %s with its line', async (text, code) => {
  const [page] = await pages(`${line({})}\n${text}\n`);
  expect(page?.records[1]).toMatchObject({ unreadable: { code, position: 'line 2', raw: Buffer.from(text) } });
});

test('a line that is not UTF-8 is set aside with its bytes, the next one is read', async () => {
  const [page] = await pages(Buffer.from([0x7b, 0xff, 0x0a]), line({}));
  expect(page?.records).toMatchObject([
    { unreadable: { code: 'not_utf8', position: 'line 1', raw: Buffer.from([0x7b, 0xff]) } },
    { externalId: 'e1' },
  ]);
});

test('12,000 lines come as pages of 5,000', async () => {
  const body = Array.from({ length: 12_000 }, (_, n) => line({ id: `e${n}` })).join('\n');
  expect((await pages(body)).map((page) => page.records.length)).toEqual([5_000, 5_000, 2_000]);
});

test('a line says what the model keeps, with names of those it mentions', () => {
  expect(
    mapped({
      seq: 3,
      status: 'Open',
      team: { id: 't1', name: 'Support' },
      person: null,
      item: { id: 'T1', type: 'ticket', customer: { id: 'c1', name: 'Acme', group: 'gold' } },
      links: [{ to: 'D9', connection: 'deals', kind: 'relates' }],
    }),
  ).toEqual({
    item: { externalId: 'T1', type: 'ticket', asOfAt: '2026-03-02T09:00:00Z', asOfSeq: 3, customer: 'c1' },
    events: [{ externalId: 'e1', kind: 'changed', at: '2026-03-02T09:00:00Z', seq: 3, status: 'Open', team: 't1', person: null }],
    teams: [{ externalId: 't1', name: 'Support' }],
    customers: [{ externalId: 'c1', name: 'Acme', group: 'gold' }],
    links: [{ to: { connection: 'deals', externalId: 'D9' }, kind: 'relates', at: '2026-03-02T09:00:00Z' }],
  });
});

test.each([
  [{ kind: 'chnaged' }, /kind: Invalid option/],
  [{ staus: 'Open' }, /Unrecognized key: "staus"/],
  [{ kind: 'said', side: 'customer' }, /message: an event of kind "said" needs it/],
  [{ item: { id: 'T1' } }, /item\.type/],
  [{ rating: 4 }, /rating/],
])('%j is refused with the field named', (more, reason) => {
  expect(() => mapped(more)).toThrow(RejectedRecord);
  expect(() => mapped(more)).toThrow(reason);
});

test('what the settings do not list is absent with a reason, and courts need a status that waits', async () => {
  const { capabilities } = await pushConnector.discover(config, context);
  expect(capabilities.team).toEqual({ fidelity: 'full' });
  expect(capabilities.due).toEqual({ fidelity: 'none', reason: 'The settings of the connection do not list "due" under "tells".' });
  expect(capabilities.courts).toEqual({
    fidelity: 'none',
    reason: 'The settings of the connection give no status the meaning of a waiting one.',
  });
});

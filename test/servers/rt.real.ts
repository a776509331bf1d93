import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { rtConnector } from '#etl/connectors/rt/connector.js';
import { createNetwork } from '#etl/http/network.js';
import { syncConnection, type SyncOutcome } from '#etl/sync.js';
import { keyOf } from '#etl/vault/key.js';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { openPostgresEngine } from '#server/metrics/postgres-engine.js';
import { queryMetric } from '#server/metrics/query.js';
import { testDatabase } from '../support/database.js';
import { storyOf } from './support/read-story.js';
import { startRt, type RtServer } from './support/rt-server.js';

const started = await startRt();

if ('reason' in started) test('a real Request Tracker', ({ skip }) => skip(started.reason));
else describe('a real Request Tracker', () => against(started.server));

function against(rt: RtServer): void {
  const db = testDatabase();
  const run = `t${Date.now().toString(36)}`;
  const network = createNetwork({ allowed: [rt.host] });
  const vault = () => Promise.resolve(keyOf(hash('sha256', run), 'the key of this test'));
  const made: Record<string, number> = {};
  const password = 'long enough 12';
  const mia = `${run}mia:${password}`;
  const ann = `${run}ann:${password}`;
  const config = { url: rt.address, settings: { ownerCorrectionSeconds: 0, dueCorrectionSeconds: 0 } };

  const sync = async (): Promise<SyncOutcome> => syncConnection((await db).pool, 'desk', { network, vault, census: 'always' });
  const story = async (ticket: string) => storyOf((await db).pool, 'desk', String(made[ticket]));
  const item = async (ticket: string) => {
    const found = await (
      await db
    ).pool.query<Record<string, unknown>>(
      `select item.title, item.excluded, item.deleted_at is not null as is_deleted, customer.name as customer
      from core.item item left join core.customer customer on customer.id = item.customer_id
      where item.external_id = $1`,
      [String(made[ticket])],
    );
    return found.rows;
  };
  const create = async (name: string, fields: object, login?: string) => {
    const ticket = { Queue: `Desk ${run}`, Subject: name, Requestor: `${run}ann`, ...fields };
    made[name] = Number(((await rt.ask('POST', '/ticket', ticket, login)) as { id: string }).id);
  };
  const change = (name: string, fields: object, login = rt.login) => rt.ask('PUT', `/ticket/${made[name]}`, fields, login);
  const say = (name: string, how: 'correspond' | 'comment', Content: string, login: string, ContentType = 'text/plain') =>
    rt.ask('POST', `/ticket/${made[name]}/${how}`, { Content, ContentType }, login);

  beforeAll(async () => {
    for (const queue of ['Desk', 'Field service']) await rt.ask('POST', '/queue', { Name: `${queue} ${run}` });
    await rt.ask('POST', '/user', { Name: `${run}ann`, RealName: 'Ann Asks', EmailAddress: `${run}ann@example.org`, Password: password });
    await rt.ask('POST', '/user', {
      Name: `${run}mia`,
      RealName: 'Mia Moss',
      Privileged: 1,
      Password: password,
      EmailAddress: `${run}mia@example.org`,
    });
    await create('printer', { Content: 'It does not print.', ContentType: 'text/plain', Due: '2026-11-30 12:00:00' }, ann);
    await rt.ask('PUT', `/ticket/${made.printer}/take`, {}, mia);
    await change('printer', { Status: 'open' }, mia);
    await say('printer', 'correspond', 'I look at it.', mia);
    await change('printer', { Due: '2026-12-02 12:00:00' }, mia);
    await say('printer', 'comment', '<p>She always <b>asks</b> twice.</p>', mia, 'text/html');
    await say('printer', 'correspond', 'Any news?', ann);
    await change('printer', { Queue: `Field service ${run}` });
    await change('printer', { Owner: 'Nobody' });
    await change('printer', { Status: 'resolved' });
    await change('printer', { Due: '' });
    await change('printer', { Status: 'open' });
    await create('scanner', { Content: 'Written down on the phone.', Status: 'open', Owner: `${run}mia` });
    await change('scanner', { DependsOn: made.printer });
    await create('again', { Content: 'The same again.' }, ann);
    await change('again', { MergeInto: made.printer });
    await create('mistake', {}, ann);
    await change('mistake', { Status: 'deleted' });
    await create('shred', {}, ann);
    await addConnection((await db).pool, { name: 'desk', connector: 'rt', config, secrets: { token: rt.login } }, { network, vault });
  });
  afterAll(() => rt.stop());

  test('is read whole, event by event', async () => {
    const { state, quarantined, warnings } = await sync();
    expect({ state, quarantined, warnings }).toEqual({ state: 'complete', quarantined: 0, warnings: {} });
    expect(await story('printer')).toEqual([
      ...['created', 'status new', `team Desk ${run}`, 'person nobody', 'due 2026-11-30 12:00', 'said customer public: It does not print.'],
      'person Mia Moss',
      'status open',
      'said team public: I look at it.',
      'due 2026-12-02 12:00',
      'said team internal: She always asks twice.',
      'said customer public: Any news?',
      `team Field service ${run}`,
      'person nobody',
      'status resolved',
      'due none',
      'status open',
    ]);
    expect(await story('scanner')).toEqual([
      ...['created', 'status open', `team Desk ${run}`, 'person Mia Moss', 'said team internal: Written down on the phone.'],
    ]);
  });

  test('says who asks, what was merged and what was deleted', async () => {
    const customer = 'Ann Asks';
    expect(await item('printer')).toEqual([{ title: 'printer', excluded: null, is_deleted: false, customer }]);
    expect(await item('again')).toEqual([{ title: null, excluded: 'merged', is_deleted: false, customer: null }]);
    expect(await item('mistake')).toEqual([{ title: 'mistake', excluded: null, is_deleted: true, customer }]);
    const links = await (await db).pool.query('select kind from core.link order by kind');
    expect(links.rows).toEqual(expect.arrayContaining([{ kind: 'blocks' }, { kind: 'duplicates' }]));
  });

  test('read again, brings nothing new', async () => {
    const { inserted, updated, state } = await sync();
    expect({ inserted, updated, state }).toEqual({ inserted: 0, updated: 0, state: 'complete' });
  });

  /** Between teams, in the items that are with the field service of this run now. */
  const handoffs = async () => {
    const { pool } = await db;
    await deriveFacts(pool);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const request = { metric: 'handoffs', from: '2020-01-06', to: tomorrow, grain: 'all', zone: 'UTC' } as const;
    const { rows } = await queryMetric(openPostgresEngine(pool), { ...request, filters: { team: [`Field service ${run}`] } });
    return rows[0]?.numerator;
  };

  test('shows a change in the tool in the numbers after the next sync', async () => {
    expect(await handoffs()).toBe(1);
    await change('scanner', { Queue: `Field service ${run}` });
    const { inserted, updated } = await sync();
    expect({ inserted, updated }).toEqual({ inserted: 0, updated: 1 });
    expect((await story('scanner')).slice(-1)).toEqual([`team Field service ${run}`]);
    expect(await handoffs()).toBe(2);
  });

  test('marks a ticket that was shredded, after it was missed twice, and keeps its story', async () => {
    rt.shred(made.shred ?? 0);
    await sync();
    expect(await item('shred')).toMatchObject([{ is_deleted: false }]);
    await sync();
    expect(await item('shred')).toMatchObject([{ is_deleted: true }]);
    expect(await story('shred')).toEqual(['created', 'status new', `team Desk ${run}`, 'person nobody']);
  });

  test('refuses a wrong password in words', async () => {
    const secret = () => Promise.resolve('root:not the password');
    const context = { signal: new AbortController().signal, now: () => new Date(), secret, network };
    const { ok, findings } = await rtConnector.check(rtConnector.configSchema.parse(config), context);
    expect(ok).toBe(false);
    expect(findings.join()).toContain('The credentials are not accepted: give new ones.');
  });
}

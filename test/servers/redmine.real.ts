import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { redmineConnector } from '#etl/connectors/redmine/connector.js';
import { createNetwork } from '#etl/http/network.js';
import { keyOf } from '#etl/vault/key.js';
import { syncConnection, type SyncOutcome } from '#etl/sync.js';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { openPostgresEngine } from '#server/metrics/postgres-engine.js';
import { queryMetric } from '#server/metrics/query.js';
import { testDatabase } from '../support/database.js';
import { storyOf } from './support/read-story.js';
import { startRedmine, type RedmineServer } from './support/redmine-server.js';

const started = await startRedmine();

if ('reason' in started) test('a real Redmine', ({ skip }) => skip(started.reason));
else describe('a real Redmine', () => against(started.server));

interface Issue {
  issue: { id: number };
}

function against(redmine: RedmineServer): void {
  const db = testDatabase();
  const run = `t${Date.now().toString(36)}`;
  const network = createNetwork({ allowed: [redmine.host] });
  const vault = () => Promise.resolve(keyOf(hash('sha256', run), 'the key of this test'));
  const made: Record<string, number> = {};

  const sync = async (): Promise<SyncOutcome> => syncConnection((await db).pool, 'tracker', { network, vault, census: 'always' });
  const story = async (issue: string) => storyOf((await db).pool, 'tracker', String(made[issue]));
  const create = async (name: string, fields: object, as: string) => {
    const answer = (await redmine.ask(
      'POST',
      '/issues.json',
      { issue: { project_id: made.acme, tracker_id: 3, subject: name, ...fields } },
      as,
    )) as Issue;
    made[name] = answer.issue.id;
  };
  const change = (issue: string, fields: object, as = `${run}mia`) =>
    redmine.ask('PUT', `/issues/${made[issue]}.json`, { issue: fields }, as);

  /** Between teams, in the items of this run. */
  const handoffs = async () => {
    const { pool } = await db;
    await deriveFacts(pool);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const request = { metric: 'handoffs', from: '2020-01-06', to: tomorrow, grain: 'all', zone: 'UTC' } as const;
    const { rows } = await queryMetric(openPostgresEngine(pool), { ...request, filters: { service: [`Acme ${run}`] } });
    return rows[0]?.numerator;
  };

  beforeAll(async () => {
    await people(redmine, run, made);
    await create('printer', { description: 'It does not print.', due_date: '2026-11-30' }, `${run}cara`);
    await change('printer', { assigned_to_id: made.field });
    await change('printer', { assigned_to_id: made.mia, status_id: 2, notes: 'I look at it.' });
    await change('printer', { due_date: '2026-12-02', notes: 'The part comes on Tuesday.' });
    await change('printer', { status_id: 4, notes: 'She always asks twice.', private_notes: true });
    await change('printer', { notes: 'Any news?' }, `${run}cara`);
    await change('printer', { status_id: 5, due_date: '' });
    await change('printer', { status_id: 2, assigned_to_id: '' });
    await create('scanner', { description: 'Written down on the phone.', assigned_to_id: made.noah }, `${run}mia`);
    await redmine.ask('POST', `/issues/${made.printer}/relations.json`, {
      relation: { issue_to_id: made.scanner, relation_type: 'blocks' },
    });
    await create('mistake', {}, `${run}cara`);
    await addConnection(
      (await db).pool,
      {
        name: 'tracker',
        connector: 'redmine',
        secrets: { key: redmine.key },
        config: { url: redmine.address, zone: 'Europe/Berlin', settings: { ownerCorrectionSeconds: 0, dueCorrectionSeconds: 0 } },
      },
      { network, vault },
    );
  });
  afterAll(() => redmine.stop());

  test('is read whole, event by event', async () => {
    const { state, quarantined } = await sync();
    expect({ state, quarantined }).toEqual({ state: 'complete', quarantined: 0 });
    expect(await story('printer')).toEqual([
      ...['created', 'status New', 'team nobody', 'person nobody', 'due 2026-11-30 16:00', 'said customer public: It does not print.'],
      ...[`team Field service ${run}`, 'person nobody'],
      ...['status In Progress', `team Field service ${run}`, 'person Mia Moss', 'said team public: I look at it.'],
      ...['due 2026-12-02 16:00', 'said team public: The part comes on Tuesday.'],
      ...['status Feedback', 'said team internal: She always asks twice.'],
      'said customer public: Any news?',
      ...['status Closed', 'due none'],
      ...['status In Progress', 'team nobody', 'person nobody'],
    ]);
    expect(await story('scanner')).toEqual([
      ...['created', 'status New', `team Second level ${run}`, 'person Noah Nils', 'said team internal: Written down on the phone.'],
    ]);
  });

  test('says who asks, and what hangs together', async () => {
    const { pool } = await db;
    const items = await pool.query(
      `select item.title, item.type, item.service, customer.name as customer
      from core.item item left join core.customer customer on customer.id = item.customer_id
      where item.external_id = any ($1) order by item.external_id::int`,
      [[made.printer, made.scanner].map(String)],
    );
    expect(items.rows).toEqual([
      { title: 'printer', type: 'Support', service: `Acme ${run}`, customer: 'Cara Cust' },
      { title: 'scanner', type: 'Support', service: `Acme ${run}`, customer: null },
    ]);
    const links = await pool.query('select kind from core.link');
    expect(links.rows).toContainEqual({ kind: 'blocks' });
  });

  test('read again, brings nothing new', async () => {
    const { inserted, updated, state } = await sync();
    expect({ inserted, updated, state }).toEqual({ inserted: 0, updated: 0, state: 'complete' });
  });

  test('shows a change in the tool in the numbers after the next sync', async () => {
    expect(await handoffs()).toBe(0);
    await change('scanner', { assigned_to_id: made.mia, notes: 'One for you.' }, `${run}noah`);
    const { inserted, updated } = await sync();
    expect({ inserted, updated }).toEqual({ inserted: 0, updated: 1 });
    expect((await story('scanner')).slice(-3)).toEqual([`team Field service ${run}`, 'person Mia Moss', 'said team public: One for you.']);
    expect(await handoffs()).toBe(1);
  });

  test('forgets a note that was emptied', async () => {
    const { issue } = (await redmine.ask('GET', `/issues/${made.scanner}.json?include=journals`)) as {
      issue: { journals: { id: number }[] };
    };
    await redmine.ask('PUT', `/journals/${issue.journals.at(-1)?.id}.json`, { journal: { notes: '' } });
    await change('scanner', { done_ratio: 90 });
    await sync();
    expect((await story('scanner')).slice(-1)).toEqual(['person Mia Moss']);
  });

  test('marks an issue that was deleted, after it was missed twice, and keeps its story', async () => {
    await redmine.ask('DELETE', `/issues/${made.mistake}.json`);
    const isDeleted = async () =>
      (
        await (
          await db
        ).pool.query<{ gone: boolean }>('select deleted_at is not null as gone from core.item where external_id = $1', [
          String(made.mistake),
        ])
      ).rows;
    await sync();
    expect(await isDeleted()).toEqual([{ gone: false }]);
    await sync();
    expect(await isDeleted()).toEqual([{ gone: true }]);
    expect(await story('mistake')).toEqual(['created', 'status New', 'team nobody', 'person nobody']);
  });

  test('refuses a wrong key in words', async () => {
    const context = {
      signal: new AbortController().signal,
      now: () => new Date(),
      secret: () => Promise.resolve('wrong key of nobody'),
      network,
    };
    const { ok, findings } = await redmineConnector.check(redmineConnector.configSchema.parse({ url: redmine.address }), context);
    expect(ok).toBe(false);
    expect(findings.join()).toContain('answered 401. The credentials are not accepted: give new ones.');
  });
}

/** Two groups of staff and a customer in a project of this run alone. */
async function people(redmine: RedmineServer, run: string, made: Record<string, number>): Promise<void> {
  const create = async (kind: string, path: string, fields: object): Promise<number> => {
    const answer = (await redmine.ask('POST', path, { [kind]: fields })) as Record<string, { id: number }>;
    return answer[kind]?.id ?? 0;
  };
  const user = (login: string, firstname: string, lastname: string) =>
    create('user', '/users.json', {
      login: `${run}${login}`,
      firstname,
      lastname,
      mail: `${run}${login}@example.org`,
      password: 'long enough 12',
    });
  made.mia = await user('mia', 'Mia', 'Moss');
  made.noah = await user('noah', 'Noah', 'Nils');
  made.cara = await user('cara', 'Cara', 'Cust');
  made.field = await create('group', '/groups.json', { name: `Field service ${run}`, user_ids: [made.mia] });
  made.second = await create('group', '/groups.json', { name: `Second level ${run}`, user_ids: [made.noah] });
  made.acme = await create('project', '/projects.json', { name: `Acme ${run}`, identifier: run, tracker_ids: [1, 2, 3] });
  const { roles } = (await redmine.ask('GET', '/roles.json')) as { roles: { id: number; name: string }[] };
  const role = (name: string) => roles.find((found) => found.name === name)?.id;
  for (const [member, name] of [
    [made.field, 'Manager'],
    [made.second, 'Manager'],
    [made.cara, 'Reporter'],
  ] as const) {
    await redmine.ask('POST', `/projects/${made.acme}/memberships.json`, { membership: { user_id: member, role_ids: [role(name)] } });
  }
}

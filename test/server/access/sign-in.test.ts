import { Controller, Get, Post } from '@nestjs/common';
import { beforeEach, expect, test } from 'vitest';
import { Needs } from '#server/access/needs.js';
import { setPassword } from '#server/access/passwords.js';
import { firstAdminLink } from '#server/access/welcome-links.js';
import { testDatabase } from '../../support/database.js';
import { accessServer } from './access-server.js';

@Controller('api/things')
class ThingsController {
  @Needs('read')
  @Get()
  list(): { things: number } {
    return { things: 2 };
  }

  @Needs('steer')
  @Post()
  add(): { added: true } {
    return { added: true };
  }

  @Needs('manage')
  @Get('machines')
  machines(): { machines: number } {
    return { machines: 1 };
  }
}

const database = await testDatabase();
const { pool } = database;
const server = await accessServer(database, [ThingsController]);
const proxied = await accessServer(database, [ThingsController], { THROUGHLINE_PUBLIC_URL: 'https://throughline.company.test' });
const atProxy = { host: 'throughline.company.test' };
const password = 'correct horse battery';

beforeEach(async () => {
  await pool.query('delete from app.account');
  await pool.query('delete from app.sign_in_attempt');
  await pool.query('delete from app.welcome_link');
});

const signIn = (email: string, typed = password, headers: Record<string, string> = {}) =>
  server.ask('/api/sign-in', { method: 'POST', body: { email, password: typed }, headers });

/** An account with the password above. */
async function known(role: Parameters<typeof server.account>[0], email: string) {
  const account = await server.account(role, { email });
  await setPassword(pool, account.id, password, new Date());
  return account;
}

/** Each server remembers that there is an administrator, so the first test is the one that has none yet. */
test('before there is an administrator, a visitor of this machine looks at the sample as a lead, and sets nothing up', async () => {
  expect((await server.ask('/api/things')).body).toEqual({ things: 2 });
  expect((await server.ask('/api/things', { method: 'POST', body: {} })).status).toBe(201);
  const refused = await server.ask('/api/things/machines');
  expect(refused.status).toBe(401);
  expect(refused.body['message']).toBe(
    'This is for an administrator, and there is no administrator yet: open the link that was printed at the start, ' +
      'or print a new one with "npm run -s throughline -- user link".',
  );
  expect((await proxied.ask('/api/things', { headers: atProxy })).status).toBe(401);
  expect((await proxied.ask('/api/things')).status).toBe(401);
});

test('with data of one’s own and no administrator nothing is shown, and the remedy is named', async () => {
  await pool.query(
    `insert into ingest.connection (id, name, connector, config, settings, capabilities, map_version)
    values (gen_random_uuid(), 'tickets', 'file', '{}', '{}', '{}', 1)`,
  );
  const refused = await server.ask('/api/things');
  await pool.query('delete from ingest.connection');
  expect(refused.status).toBe(401);
  expect(refused.headers['www-authenticate']).toBe('Bearer');
  expect(refused.body['message']).toContain('Data of your own is connected, and there is no administrator yet: open the link');
});

test('the link of the first start makes one administrator, once', async () => {
  expect((await server.ask('/api/sign-in')).body).toMatchObject({ needsFirstAdmin: true });
  const { path } = (await firstAdminLink(pool, new Date())) ?? { path: '' };
  const key = new URL(path, 'http://127.0.0.1').hash.replace('#key=', '');
  const told = { key, name: 'Ada', email: 'Ada@Company.test', password };
  const look = () => server.ask('/api/welcome/look', { method: 'POST', body: { key } });
  expect((await look()).body).toEqual({ for: 'first-admin', name: '', email: '' });
  expect((await server.ask('/api/welcome', { method: 'POST', body: { ...told, password: 'ada.company1' } })).body).toEqual({
    flaw: 'personal',
  });
  const made = await server.ask('/api/welcome', { method: 'POST', body: told });
  expect(made.body).toEqual({ flaw: null });
  expect((await server.ask('/api/things/machines', { session: made.cookies['throughline'] ?? '' })).status).toBe(200);
  expect((await pool.query('select email, name, role, sees_names, scope from app.account')).rows).toEqual([
    { email: 'ada@company.test', name: 'Ada', role: 'admin', sees_names: true, scope: null },
  ]);
  expect((await look()).status).toBe(404);
  expect((await server.ask('/api/welcome', { method: 'POST', body: { ...told, email: 'eve@company.test' } })).status).toBe(404);
  expect(await firstAdminLink(pool, new Date())).toBeNull();
  expect((await server.ask('/api/sign-in')).body).toMatchObject({ needsFirstAdmin: false });
  expect((await server.ask('/api/things')).body['message']).toBe('Sign in first.');
});

test('a later link of the first start takes the place of an earlier one', async () => {
  const earlier = await firstAdminLink(pool, new Date());
  await firstAdminLink(pool, new Date());
  const key = earlier?.path.split('=')[1];
  expect((await server.ask('/api/welcome/look', { method: 'POST', body: { key } })).status).toBe(404);
});

test('address and password open a session, whatever case the address is typed in', async () => {
  await known('viewer', 'vera@company.test');
  const answer = await signIn(' VERA@company.test ');
  expect(answer).toMatchObject({ status: 200, body: { step: 'done' } });
  const session = answer.cookies['throughline'] ?? '';
  expect(session).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect((await server.ask('/api/things', { session })).status).toBe(200);
  const steered = await server.ask('/api/things', { session, method: 'POST', body: {} });
  expect(steered.status).toBe(403);
  expect(steered.body['message']).toBe('The role "viewer" may not change what others see; ask an administrator for the right "steer".');
});

test('on this machine the cookie is no secret of scripts; behind TLS it is bound to host and TLS too', async () => {
  await known('viewer', 'vera@company.test');
  const cookie = (await signIn('vera@company.test')).headers['set-cookie'];
  expect(cookie).toMatch(/^throughline=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  const answer = await proxied.ask('/api/sign-in', {
    method: 'POST',
    body: { email: 'vera@company.test', password },
    headers: atProxy,
  });
  expect(answer.headers['set-cookie']).toMatch(/^__Host-throughline=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
  expect(answer.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
});

test('signing in gives a new token, and ends the session of the old one', async () => {
  const { session: planted } = await known('viewer', 'vera@company.test');
  const answer = await signIn('vera@company.test', password, { cookie: `throughline=${planted}` });
  expect(answer.cookies['throughline']).not.toBe(planted);
  expect((await server.ask('/api/things', { session: planted })).status).toBe(401);
  const chosen = 'A'.repeat(43);
  const again = await signIn('vera@company.test', password, { cookie: `throughline=${chosen}` });
  expect(again.cookies['throughline']).not.toBe(chosen);
  expect((await server.ask('/api/things', { session: chosen })).status).toBe(401);
});

test('signing out ends the session on the server', async () => {
  const { session } = await known('viewer', 'vera@company.test');
  const out = await server.ask('/api/sign-out', { method: 'POST', session });
  expect(out.headers['set-cookie']).toBe('throughline=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0');
  expect((await server.ask('/api/things', { session })).status).toBe(401);
});

test('an unknown account, a wrong password, one without a password and one that is switched off get the same answer', async () => {
  await known('viewer', 'vera@company.test');
  await server.account('viewer', { email: 'new@company.test' });
  const off = await known('viewer', 'off@company.test');
  await pool.query('update app.account set disabled_at = now() where id = $1', [off.id]);
  const answers = [
    await signIn('nobody@company.test'),
    await signIn('vera@company.test', 'wrong horse battery'),
    await signIn('new@company.test'),
    await signIn('off@company.test'),
  ].map(({ status, body, headers }) => ({ status, message: body['message'], cookie: headers['set-cookie'] }));
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
    new Set([JSON.stringify({ status: 401, message: 'This address and password do not belong together.' })]),
  );
});

test('after five failures an account waits, whether or not there is one, and the right password waits too', async () => {
  await known('viewer', 'vera@company.test');
  for (const email of ['nobody@company.test', 'vera@company.test']) {
    // From another address each time: the account is counted.
    const tries = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7].map((place) =>
        proxied.ask('/api/sign-in', {
          method: 'POST',
          body: { email, password: 'wrong horse battery' },
          headers: { ...atProxy, 'x-forwarded-for': `203.0.113.${place}` },
        }),
      ),
    );
    expect(tries.map(({ status }) => status).sort()).toEqual([401, 401, 401, 401, 401, 429, 429]);
  }
  const right = await signIn('vera@company.test');
  expect(right.status).toBe(429);
  // A minute from the failures on, of which a busy machine has let some pass.
  expect(Number(right.headers['retry-after'])).toBeGreaterThan(20);
  expect(Number(right.headers['retry-after'])).toBeLessThanOrEqual(60);
});

test('one row of the audit log a minute tells of an address that waits, however often it knocks', async () => {
  const from = '203.0.113.77';
  const knock = () => server.ask('/api/sign-in', { method: 'POST', body: { email: 'nobody@company.test', password }, from });
  const statuses: number[] = [];
  for (let n = 0; n < 12; n += 1) statuses.push((await knock()).status);
  expect(statuses.filter((status) => status === 429)).toHaveLength(7);
  const { rows } = await pool.query(
    'select outcome, count(*)::int as n from app.audit where address = $1 group by outcome order by outcome',
    [from],
  );
  expect(rows).toEqual([
    { outcome: 'failed', n: 5 },
    { outcome: 'refused', n: 1 },
  ]);
});

test('a new password ends links that would set another', async () => {
  const admin = await server.account('admin');
  const vera = await known('viewer', 'vera@company.test');
  const made = await server.ask(`/api/users/${vera.id}/link`, { method: 'POST', session: admin.session, body: {} });
  const key = String(made.body['path']).split('=')[1];
  const look = () => server.ask('/api/welcome/look', { method: 'POST', body: { key } });
  expect((await look()).status).toBe(200);
  const body = { current: password, password: 'fresh paint on tuesday' };
  expect((await server.ask('/api/account/password', { method: 'POST', session: vera.session, body })).body).toEqual({ flaw: null });
  expect((await look()).status).toBe(404);
});

test('the key of a link stands where browsers send it to no server', async () => {
  expect((await firstAdminLink(pool, new Date()))?.path).toMatch(/^\/welcome#key=[A-Za-z0-9_-]{43}$/);
});

test('a change of account is felt at the very next request', async () => {
  const admin = await server.account('admin');
  const lead = await known('lead', 'lea@company.test');
  const change = (body: unknown) => server.ask(`/api/users/${lead.id}`, { method: 'PATCH', session: admin.session, body });
  expect((await server.ask('/api/things', { session: lead.session })).status).toBe(200);
  expect((await change({ role: 'viewer' })).status).toBe(200);
  expect((await server.ask('/api/things', { session: lead.session })).status).toBe(401);
  const session = (await signIn('lea@company.test')).cookies['throughline'] ?? '';
  expect((await change({ name: 'Lea M.' })).status).toBe(200);
  expect((await server.ask('/api/things', { session })).status).toBe(200);
  expect((await change({ isDisabled: true })).status).toBe(200);
  expect((await server.ask('/api/things', { session })).status).toBe(401);
  expect((await signIn('lea@company.test')).status).toBe(401);
});

test('a change of the password asks for the old one, ends other sessions and renews this one', async () => {
  const { session } = await known('viewer', 'vera@company.test');
  const other = (await signIn('vera@company.test')).cookies['throughline'] ?? '';
  const change = (current: string, next: string) =>
    server.ask('/api/account/password', { method: 'POST', session, body: { current, password: next } });
  expect((await change('wrong horse battery', 'fresh paint on tuesday')).body['message']).toBe('The current password is another one.');
  expect((await change(password, 'vera.company')).body).toEqual({ flaw: 'personal' });
  const changed = await change(password, 'fresh paint on tuesday');
  expect(changed.body).toEqual({ flaw: null });
  for (const ended of [session, other]) expect((await server.ask('/api/things', { session: ended })).status).toBe(401);
  expect((await server.ask('/api/things', { session: changed.cookies['throughline'] ?? '' })).status).toBe(200);
  expect((await signIn('vera@company.test', 'fresh paint on tuesday')).status).toBe(200);
});

test('sessions are shown to their owner, who ends one or all others', async () => {
  const vera = await known('viewer', 'vera@company.test');
  const other = (await signIn('vera@company.test', password, { 'user-agent': 'Another browser' })).cookies['throughline'] ?? '';
  const read = async () => {
    const { body } = await server.ask('/api/account', { session: vera.session });
    return body['sessions'] as { id: string; isThisOne: boolean; agent: string }[];
  };
  const lines = await read();
  expect(lines.map(({ isThisOne, agent }) => ({ isThisOne, agent }))).toEqual(
    expect.arrayContaining([
      { isThisOne: true, agent: 'test' },
      { isThisOne: false, agent: 'Another browser' },
    ]),
  );
  const foreign = await server.account('admin');
  const target = lines.find(({ isThisOne }) => !isThisOne)?.id ?? '';
  expect((await server.ask(`/api/account/sessions/${target}`, { method: 'DELETE', session: foreign.session })).status).toBe(404);
  expect((await server.ask(`/api/account/sessions/${target}`, { method: 'DELETE', session: vera.session })).status).toBe(204);
  expect((await server.ask('/api/things', { session: other })).status).toBe(401);
  await signIn('vera@company.test');
  expect((await server.ask('/api/account/sessions', { method: 'DELETE', session: vera.session })).status).toBe(204);
  expect((await read()).map(({ isThisOne }) => isThisOne)).toEqual([true]);
});

test('only an administrator manages accounts, never his own role, and never away the last one', async () => {
  const admin = await server.account('admin');
  const lead = await server.account('lead');
  expect((await server.ask('/api/users', { session: lead.session })).status).toBe(403);
  const own = (body: unknown) => server.ask(`/api/users/${admin.id}`, { method: 'PATCH', session: admin.session, body });
  expect((await own({ role: 'viewer' })).body['message']).toBe('Nobody changes his own role; another administrator does.');
  expect((await server.ask(`/api/users/${admin.id}`, { method: 'DELETE', session: admin.session })).status).toBe(400);
  const second = await server.account('admin');
  expect((await server.ask(`/api/users/${second.id}`, { method: 'DELETE', session: admin.session })).status).toBe(204);
  expect((await server.ask('/api/things', { session: second.session })).status).toBe(401);
});

test('a new account gets a link that sets its password once, within a day', async () => {
  const admin = await server.account('admin');
  const body = { email: 'lea@company.test', name: 'Lea', role: 'lead', scope: { team: ['Billing'] } };
  const added = await server.ask('/api/users', { method: 'POST', session: admin.session, body });
  expect(added.status).toBe(201);
  expect(added.body['account']).toMatchObject({ name: 'Lea', role: 'lead', scope: { team: ['Billing'] }, hasPassword: false });
  const key = String(added.body['path']).split('=')[1];
  const follow = () => server.ask('/api/welcome', { method: 'POST', body: { key, password } });
  await pool.query(`update app.welcome_link set expires_at = now() - interval '1 second'`);
  expect((await follow()).status).toBe(404);
  await pool.query(`update app.welcome_link set expires_at = now() + interval '1 minute'`);
  const set = await follow();
  expect(set.body).toEqual({ flaw: null });
  expect(set.cookies).toEqual({});
  expect((await follow()).status).toBe(404);
  expect((await signIn('lea@company.test')).status).toBe(200);
  expect((await server.ask('/api/users', { method: 'POST', session: admin.session, body })).status).toBe(409);
});

test.each([
  ['nobody says from where', { 'sec-fetch-site': 'none' }, 403],
  ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['a form', { 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain' }, 415],
  ['a host of somebody else', { host: 'evil.example' }, 421],
  ['the public host of another server', { host: 'throughline.company.test' }, 421],
])('signing in from where %s is refused before it is looked at', async (_where, headers, status) => {
  await known('viewer', 'vera@company.test');
  expect((await signIn('vera@company.test', password, headers)).status).toBe(status);
  expect((await pool.query('select from app.sign_in_attempt')).rowCount).toBe(0);
});

test('behind a proxy its host is served and its origin is ours', async () => {
  await known('viewer', 'vera@company.test');
  const ask = (headers: Record<string, string>) =>
    proxied.ask('/api/sign-in', { method: 'POST', body: { email: 'vera@company.test', password }, headers: { ...atProxy, ...headers } });
  expect((await ask({})).status).toBe(200);
  expect((await ask({ host: 'evil.company.test' })).status).toBe(421);
  expect((await ask({ host: 'throughline.company.test.evil.example' })).status).toBe(421);
});

test('what signs in and out, and what fails to, is in the audit log without what was typed', async () => {
  await pool.query('alter table app.audit disable trigger user');
  await pool.query('delete from app.audit');
  await known('viewer', 'vera@company.test');
  const session = (await signIn('vera@company.test')).cookies['throughline'] ?? '';
  await signIn('vera@company.test', 'wrong horse battery');
  await server.ask('/api/sign-out', { method: 'POST', session });
  const { rows } = await pool.query('select action, outcome, role, detail from app.audit order by id');
  expect(rows).toEqual([
    { action: 'sign-in', outcome: 'done', role: 'viewer', detail: { how: 'password' } },
    { action: 'sign-in', outcome: 'failed', role: '', detail: {} },
    { action: 'sign-out', outcome: 'done', role: 'viewer', detail: {} },
  ]);
});

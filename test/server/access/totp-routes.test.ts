import { Controller, Get } from '@nestjs/common';
import { Secret, TOTP } from 'otpauth';
import { describe, expect, it, vi } from 'vitest';
import { Needs } from '#server/access/needs.js';
import { hashPassword } from '#server/access/password-hash.js';
import type { Role } from '#server/access/principal.js';
import { testDatabase } from '../../support/database.js';
import { accessServer, type AccessServer } from './access-server.js';

@Controller('api/things')
class ThingsController {
  @Needs('read')
  @Get()
  list(): { things: number } {
    return { things: 3 };
  }
}

const password = 'green tractor sings at noon';

describe('routes of the second factor', async () => {
  const database = await testDatabase();
  const { pool } = database;
  const usual = await accessServer(database, [ThingsController]);
  const strict = await accessServer(database, [ThingsController], { THROUGHLINE_REQUIRE_SECOND_FACTOR: 'admins' });
  const hash = await hashPassword(password);
  await usual.account('admin');
  let count = 0;
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-02T09:00:10Z') });
  const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000);

  async function person({ ask, account }: AccessServer, role: Role) {
    const one = await account(role);
    count += 1;
    const from = `10.0.0.${count}`;
    await pool.query('update app.account set password_hash = $2 where id = $1', [one.id, hash]);
    const factor = '/api/account/second-factor';
    return {
      ...one,
      from,
      signIn: (place = from) => ask('/api/sign-in', { method: 'POST', body: { email: one.email, password }, from: place }),
      /** Sets one up and gives what makes its codes. */
      setUp: async () => {
        const begun = await ask(factor, { method: 'POST', session: one.session, body: { password }, from });
        const totp = new TOTP({ secret: Secret.fromBase32(String(begun.body['key'])) });
        const codeNow = () => totp.generate({ timestamp: Date.now() });
        const { body } = await ask(`${factor}/confirm`, { method: 'POST', session: one.session, body: { code: codeNow() }, from });
        pass(30);
        return { codeNow, recovery: body['codes'] as string[] };
      },
    };
  }

  const step = ({ from }: { from: string }, half: string | undefined, code: string) =>
    usual.ask('/api/sign-in/second-factor', {
      method: 'POST',
      body: { code },
      from,
      headers: { cookie: half === undefined ? '' : `throughline-half=${half}` },
    });

  it('asks for a code after the password, and opens no session before it was given', async () => {
    const ann = await person(usual, 'lead');
    expect((await ann.signIn()).body).toEqual({ step: 'done' });
    const { codeNow } = await ann.setUp();
    const asked = await ann.signIn();
    expect(asked.body).toEqual({ step: 'second-factor' });
    expect(Object.keys(asked.cookies)).toEqual(['throughline-half']);
    expect(asked.headers['set-cookie']).toMatch(/^throughline-half=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const half = asked.cookies['throughline-half'] ?? '';
    expect((await usual.ask('/api/things', { session: half })).status).toBe(401);
    expect((await step(ann, undefined, codeNow())).status).toBe(401);
    expect((await step(ann, half, '000000')).body['message']).toContain('This code is not right');
    const done = await step(ann, half, codeNow());
    expect(done.status).toBe(204);
    expect(done.cookies['throughline-half']).toBe('');
    expect((await usual.ask('/api/things', { session: done.cookies['throughline'] ?? '' })).status).toBe(200);
    expect((await step(ann, half, codeNow())).status).toBe(401);
  });

  it('ends the sessions that were opened without it, once it is set up, removed or taken off', async () => {
    const ann = await person(usual, 'viewer');
    const isOpen = async (session: string | undefined) => (await usual.ask('/api/things', { session: session ?? '' })).status === 200;
    const stolen = (await ann.signIn()).cookies['throughline'];
    expect(await isOpen(stolen)).toBe(true);
    const { codeNow } = await ann.setUp();
    expect([await isOpen(stolen), await isOpen(ann.session)]).toEqual([false, true]);
    const half = (await ann.signIn()).cookies['throughline-half'];
    const second = (await step(ann, half, codeNow())).cookies['throughline'];
    expect(await isOpen(second)).toBe(true);
    const admin = await usual.account('admin');
    await usual.ask(`/api/users/${ann.id}/second-factor`, { method: 'DELETE', session: admin.session });
    expect([await isOpen(second), await isOpen(ann.session)]).toEqual([false, false]);
  });

  it('asks for the password again where it was changed between password and code', async () => {
    const ann = await person(usual, 'viewer');
    const { codeNow } = await ann.setUp();
    const half = (await ann.signIn()).cookies['throughline-half'];
    const body = { current: password, password: 'fresh paint on tuesday' };
    await usual.ask('/api/account/password', { method: 'POST', session: ann.session, body, from: ann.from });
    expect((await step(ann, half, codeNow())).body['message']).toContain('Sign in with the password again');
  });

  it('takes no code twice over two sign-ins', async () => {
    const ann = await person(usual, 'viewer');
    const { codeNow } = await ann.setUp();
    const half = async () => (await ann.signIn()).cookies['throughline-half'];
    expect((await step(ann, await half(), codeNow())).status).toBe(204);
    expect((await step(ann, await half(), codeNow())).status).toBe(401);
    pass(30);
    expect((await step(ann, await half(), codeNow())).status).toBe(204);
  });

  it('opens with a recovery code, once', async () => {
    const ann = await person(usual, 'viewer');
    const { recovery } = await ann.setUp();
    const half = async () => (await ann.signIn()).cookies['throughline-half'];
    expect(recovery).toHaveLength(10);
    expect((await step(ann, await half(), recovery[3] ?? '')).status).toBe(204);
    expect((await step(ann, await half(), recovery[3] ?? '')).status).toBe(401);
  });

  it('makes whoever guesses wait, which the right password does not undo', async () => {
    const ann = await person(usual, 'viewer');
    const { codeNow } = await ann.setUp();
    const first = (await ann.signIn()).cookies['throughline-half'];
    const statuses = [];
    for (const code of ['000001', '000002', '000003', '000004', '000005']) statuses.push((await step(ann, first, code)).status);
    const elsewhere = { from: '10.1.0.1' };
    const second = (await ann.signIn(elsewhere.from)).cookies['throughline-half'];
    statuses.push((await step(elsewhere, second, codeNow())).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    pass(61);
    expect((await step(elsewhere, second, codeNow())).status).toBe(204);
  });

  it('is set up and removed with the password alone in hand, and removed with a code besides', async () => {
    const ann = await person(usual, 'viewer');
    const factor = '/api/account/second-factor';
    const wrong = { password: 'another one entirely' };
    expect((await usual.ask(factor, { method: 'POST', session: ann.session, body: wrong, from: ann.from })).body['message']).toBe(
      'The current password is another one.',
    );
    const { codeNow, recovery } = await ann.setUp();
    const remove = (body: object) => usual.ask(factor, { method: 'DELETE', session: ann.session, body, from: ann.from });
    expect((await usual.ask(factor, { session: ann.session })).body).toMatchObject({ recoveryCodesLeft: 10, isRequired: false });
    expect((await remove({ ...wrong, code: codeNow() })).status).toBe(400);
    expect((await remove({ password, code: '000000' })).status).toBe(400);
    const renewed = await usual.ask(`${factor}/codes`, {
      method: 'POST',
      session: ann.session,
      body: { password, code: recovery[0] },
      from: ann.from,
    });
    expect((renewed.body['codes'] as string[]).filter((code) => recovery.includes(code))).toEqual([]);
    expect((await remove({ password, code: codeNow() })).status).toBe(204);
    expect((await ann.signIn()).body).toEqual({ step: 'done' });
    const { rows } = await pool.query(
      `select detail ->> 'what' as what from app.audit where account = $1 and action = 'second-factor.change' order by id`,
      [ann.id],
    );
    expect(rows).toEqual([{ what: 'set up' }, { what: 'recovery codes renewed' }, { what: 'removed' }]);
  });

  it('is taken off by an administrator alone, for somebody who lost it', async () => {
    const ann = await person(usual, 'viewer');
    await ann.setUp();
    const path = `/api/users/${ann.id}/second-factor`;
    expect((await usual.ask(path, { method: 'DELETE', session: (await usual.account('lead')).session })).status).toBe(403);
    const admin = await usual.account('admin');
    expect((await usual.ask(path, { method: 'DELETE', session: admin.session })).status).toBe(204);
    expect((await usual.ask(path, { method: 'DELETE', session: admin.session })).status).toBe(404);
    expect((await ann.signIn()).body).toEqual({ step: 'done' });
  });

  it('comes before anything else where it is required, and cannot be removed there', async () => {
    const lead = await person(strict, 'lead');
    expect((await strict.ask('/api/things', { session: lead.session })).status).toBe(200);
    const admin = await person(strict, 'admin');
    const closed = await strict.ask('/api/things', { session: admin.session });
    expect([closed.status, closed.body['message']]).toEqual([
      403,
      'A second factor is required of this account; set one up under Account first.',
    ]);
    expect((await strict.ask('/api/account/tokens', { session: admin.session })).status).toBe(403);
    expect((await strict.ask('/api/account/second-factor', { session: admin.session })).body).toMatchObject({
      since: null,
      isRequired: true,
    });
    const { codeNow } = await admin.setUp();
    expect((await strict.ask('/api/things', { session: admin.session })).status).toBe(200);
    const removed = await strict.ask('/api/account/second-factor', {
      method: 'DELETE',
      session: admin.session,
      body: { password, code: codeNow() },
    });
    expect(removed.status).toBe(403);
  });
});

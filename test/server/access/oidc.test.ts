import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { createTransport, type Transport } from '#etl/http/transport.js';
import { proofsOf } from '#server/access/oidc-attempt.js';
import { IdentityProvider } from '#server/access/oidc.js';
import { readOidcSettings, roleByClaims } from '#server/access/oidc-settings.js';
import { freePort } from '../../support/built-server.js';
import { testProvider } from './identity-provider.js';

const ann = { sub: 'ann-1', name: 'Ann', email: 'ann@company.test', groups: ['ops-leads', 'all'] };
const redirectUri = 'http://127.0.0.1:3000/api/sign-in/provider/callback';

describe('a provider of sign-in', async () => {
  const provider = await testProvider();
  const transport = createTransport([provider.place]);
  const environment = {
    THROUGHLINE_OIDC_ISSUER: provider.issuer,
    THROUGHLINE_OIDC_CLIENT_ID: provider.clientId,
    THROUGHLINE_OIDC_CLIENT_SECRET: provider.clientSecret,
    THROUGHLINE_OIDC_ROLE_CLAIM: 'groups',
    THROUGHLINE_OIDC_ROLES: 'ops-leads=lead,analysts=analyst',
  };

  function client(send: Transport = transport, more: Record<string, string> = {}): IdentityProvider {
    const settings = readOidcSettings({ ...environment, ...more }, [provider.place]);
    if (!settings) throw new Error('There is an issuer.');
    return new IdentityProvider(settings, redirectUri, send);
  }

  let count = 0;
  const newProofs = () => proofsOf(`key ${(count += 1)}`);

  /** Changes the ID token on its way from the provider. */
  function tampering(tamper: (claims: Claims, header: Header) => string): Transport {
    return async (request) => {
      const answer = await transport(request);
      if (request.url.pathname !== '/token') return answer;
      const told = JSON.parse(answer.body.toString()) as { id_token: string };
      const [header, claims] = told.id_token
        .split('.')
        .slice(0, 2)
        .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Claims);
      return { ...answer, body: Buffer.from(JSON.stringify({ ...told, id_token: tamper(claims ?? {}, header ?? {}) })) };
    };
  }

  /** The way there and back. */
  async function cameIn(one: IdentityProvider): Promise<string> {
    const proofs = newProofs();
    const { searchParams } = await provider.visit((await one.addressFor(proofs)).href, ann);
    return one.identityOf(searchParams.toString(), proofs).then(
      ({ subject }) => `came in as ${subject}`,
      (error: { problem: string }) => error.problem,
    );
  }

  const problemWith = (tamper: (claims: Claims, header: Header) => string) => cameIn(client(tampering(tamper)));

  it('says who came back, by issuer and subject', async () => {
    const proofs = newProofs();
    const one = client();
    const address = await one.addressFor(proofs);
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      client_id: 'throughline',
      response_type: 'code',
      scope: 'openid profile email',
      state: proofs.state,
      nonce: proofs.nonce,
      code_challenge_method: 'S256',
    });
    const { searchParams } = await provider.visit(address.href, ann);
    expect(await one.identityOf(searchParams.toString(), proofs)).toEqual({
      issuer: provider.issuer,
      subject: 'ann-1',
      name: 'Ann',
      email: 'ann@company.test',
      role: 'lead',
    });
  });

  it('takes its ID token as it came, and no other', async () => {
    const { privateKey: stranger } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const past = Math.floor(Date.now() / 1_000) - 600;
    const own = provider.signingKey();
    expect(await problemWith((claims, header) => signed(claims, header, own))).toBe('came in as ann-1');
    expect(await problemWith((claims, header) => signed({ ...claims, nonce: 'another' }, header, own))).toBe('untrue');
    expect(await problemWith(({ nonce: _nonce, ...claims }, header) => signed(claims, header, own))).toBe('untrue');
    expect(await problemWith((claims, header) => signed({ ...claims, iat: past - 60, exp: past }, header, own))).toBe('untrue');
    expect(await problemWith((claims, header) => signed({ ...claims, aud: 'another client' }, header, own))).toBe('untrue');
    expect(await problemWith((claims, header) => signed({ ...claims, iss: 'http://127.0.0.1:1' }, header, own))).toBe('untrue');
    expect(await problemWith((claims, header) => signed(claims, header, stranger))).toBe('untrue');
    expect(await problemWith((claims, header) => signed(claims, { ...header, kid: 'changed' }, stranger))).toBe('untrue');
    expect(await problemWith((claims, header) => `${coded({ ...header, alg: 'none' })}.${coded(claims)}.`)).toBe('untrue');
  });

  it('takes a new signing key once the provider tells it, refuses the one given up, and asks for keys once a minute at the most', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      let asked = 0;
      let forge: ((claims: Claims, header: Header) => string) | null = null;
      const one = client(async (request) => {
        if (request.url.pathname === '/jwks') asked += 1;
        return (forge ? tampering(forge) : transport)(request);
      });
      const after = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000);
      for (let n = 0; n < 5; n += 1) expect(await cameIn(one)).toBe('came in as ann-1');
      expect(asked).toBe(1);

      const given = provider.signingKey();
      provider.changeSigningKey();
      expect([await cameIn(one), asked]).toEqual(['untrue', 1]);
      after(61);
      expect([await cameIn(one), asked]).toEqual(['came in as ann-1', 2]);

      forge = (claims, header) => signed(claims, { ...header, kid: 'key-0' }, given);
      expect([await cameIn(one), asked]).toEqual(['untrue', 2]);
      forge = (claims, header) => signed(claims, header, given);
      expect([await cameIn(one), asked]).toEqual(['untrue', 2]);
      forge = (claims, header) => signed(claims, { ...header, kid: `made-up-${asked}` }, given);
      for (let n = 0; n < 30; n += 1) {
        after(10);
        expect(await cameIn(one)).toBe('untrue');
      }
      // 30 in five minutes.
      expect(asked).toBe(2 + 5);
      forge = null;
      expect(await cameIn(one)).toBe('came in as ann-1');
    } finally {
      vi.useRealTimers();
    }
  });

  it('takes a code once, for the state and the verifier it was given for', async () => {
    const one = client();
    const problem = (query: URLSearchParams, proofs = newProofs()) =>
      one.identityOf(query.toString(), proofs).then(
        () => 'in',
        (error: { problem: string }) => error.problem,
      );
    const proofs = newProofs();
    const back = async () => (await provider.visit((await one.addressFor(proofs)).href, ann)).searchParams;
    const used = await back();
    expect(await problem(used, proofs)).toBe('in');
    expect(await problem(used, proofs)).toBe('untrue');
    expect(await problem(await back(), newProofs())).toBe('untrue');
    expect(await problem(await back(), { ...proofs, verifier: newProofs().verifier })).toBe('untrue');
    const otherState = await back();
    otherState.set('state', 'another');
    expect(await problem(otherState, proofs)).toBe('untrue');
    const otherIssuer = await back();
    otherIssuer.set('iss', 'https://elsewhere.test');
    expect(await problem(otherIssuer, proofs)).toBe('untrue');
  });

  it('tells a no from no answer', async () => {
    const proofs = newProofs();
    const one = client();
    const { searchParams } = await provider.visit((await one.addressFor(proofs)).href, null);
    await expect(one.identityOf(searchParams.toString(), proofs)).rejects.toMatchObject({ problem: 'denied' });
    const nobody = `127.0.0.1:${await freePort()}`;
    const settings = readOidcSettings({ ...environment, THROUGHLINE_OIDC_ISSUER: `http://${nobody}` }, [nobody]);
    if (!settings) throw new Error('There is an issuer.');
    await expect(new IdentityProvider(settings, redirectUri, createTransport([nobody])).addressFor(proofs)).rejects.toMatchObject({
      problem: 'unreachable',
    });
  });

  it('is asked on a private network only where it is allowed by name', async () => {
    await expect(client(createTransport([])).addressFor(newProofs())).rejects.toThrow(`add ${provider.place} to THROUGHLINE_ALLOW_HOSTS`);
  });

  it('is asked again after it did not answer', async () => {
    let isDown = true;
    const one = client((request) => (isDown ? Promise.reject(new Error('connection refused')) : transport(request)));
    await expect(one.addressFor(newProofs())).rejects.toMatchObject({ problem: 'unreachable' });
    isDown = false;
    expect((await one.addressFor(newProofs())).origin).toBe(provider.issuer);
  });

  it('gives the strongest role its groups stand for, and without one that of new accounts', () => {
    const roleOf = (more: Record<string, string>, groups: unknown) => {
      const settings = readOidcSettings({ ...environment, ...more }, [provider.place]);
      return settings && roleByClaims(settings, { groups });
    };
    expect(roleOf({}, ['analysts', 'ops-leads'])).toBe('lead');
    expect(roleOf({}, 'analysts')).toBe('analyst');
    expect(roleOf({}, ['nobody'])).toBe('none');
    expect(roleOf({}, { 'ops-leads': true })).toBe('none');
    expect(roleOf({ THROUGHLINE_OIDC_NEW_ACCOUNTS: 'viewer' }, undefined)).toBe('viewer');
  });
});

type Claims = Record<string, unknown>;
type Header = Record<string, unknown>;

function coded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function signed(claims: Claims, header: Header, key: KeyObject): string {
  const text = `${coded(header)}.${coded(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key).toString('base64url')}`;
}

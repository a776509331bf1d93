import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';
import { afterAll } from 'vitest';

export interface Person {
  sub: string;
  name?: string;
  email?: string;
  groups?: string[];
}

export interface TestProvider {
  issuer: string;
  /** As `THROUGHLINE_ALLOW_HOSTS` names it. */
  place: string;
  clientId: string;
  clientSecret: string;
  /** What its tokens are signed with now. */
  signingKey(): KeyObject;
  /** From now on another key signs, and the one before is not told any more. */
  changeSigningKey(): void;
  /** Goes to the provider as a browser does, where this person says yes at once, or `null` says no. Gives the address it is sent back to. */
  visit(address: string, person: Person | null): Promise<URL>;
}

const redirectUri = 'http://127.0.0.1:3000/api/sign-in/provider/callback';

/** A provider of OpenID Connect on a free port of the loopback address, with one client that has to use PKCE. */
export async function testProvider(): Promise<TestProvider> {
  const people = new Map<string, Person>();
  let visitor: Person | null = null;
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const place = `127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`;
  const issuer = `http://${place}`;
  const clientId = 'throughline';
  const clientSecret = 'a secret of the test';
  const signedBy = (key: KeyObject, kid: string) =>
    new Provider(issuer, {
      clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
      jwks: { keys: [{ ...key.export({ format: 'jwk' }), kty: 'RSA', kid, use: 'sig', alg: 'RS256' }] },
      cookies: { keys: ['of the test'] },
      claims: { openid: ['sub'], profile: ['name', 'groups'], email: ['email'] },
      pkce: { required: () => true },
      ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ ...people.get(sub), sub }) }),
      // Whoever signs in has agreed.
      loadExistingGrant: async (context) => {
        const { client, session } = context.oidc;
        const grant = new context.oidc.provider.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' });
        grant.addOIDCScope('openid profile email');
        await grant.save();
        return grant;
      },
    });
  let changes = 0;
  let signingKey = newKey();
  let provider = signedBy(signingKey, 'key-0');
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void provider.callback()(request, response);
    const result = visitor === null ? { error: 'access_denied' } : { login: { accountId: visitor.sub } };
    void provider.interactionFinished(request, response, result);
  });
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

  async function visit(address: string, person: Person | null): Promise<URL> {
    visitor = person;
    if (person) people.set(person.sub, person);
    const jar = new Map<string, string>();
    let url = new URL(address);
    for (let step = 0; step < 8 && url.origin === issuer; step += 1) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
      for (const line of response.headers.getSetCookie()) {
        const [name = '', value = ''] = line.split(';')[0]?.split(/=(.*)/s) ?? [];
        jar.set(name, value);
      }
      const location = response.headers.get('location');
      if (location === null) throw new Error(`${url.pathname} answered ${response.status}: ${await response.text()}`);
      url = new URL(location, url);
    }
    return url;
  }

  function changeSigningKey(): void {
    signingKey = newKey();
    provider = signedBy(signingKey, `key-${(changes += 1)}`);
  }

  return { issuer, place, clientId, clientSecret, signingKey: () => signingKey, changeSigningKey, visit };
}

function newKey(): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
}

import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import type { Connector } from '#etl/connector.js';
import { syncConnection } from '#etl/sync.js';
import { keyOf, readKey, type VaultKey } from '#etl/vault/key.js';
import { rotateSecrets } from '#etl/vault/rotate.js';
import { seal, unseal } from '#etl/vault/seal.js';
import { testDatabase } from '../../support/database.js';
import { emptyModel } from '../core-hash.js';
import { change, FakeSource } from '../fake-connector.js';

const directory = await mkdtemp(join(tmpdir(), 'throughline-vault-'));
afterAll(() => rm(directory, { recursive: true, force: true }));

const key = keyOf('00112233445566778899aabbccddeeff0123456789abcdef13579bdf02468ace', 'the key of this test');
const place = { connectionId: '0a000000-0000-8000-a000-000000000001', name: 'token', address: 'https://tool.example.com' };

describe('a sealed secret', () => {
  test('opens at its own place', () => {
    expect(unseal(key, place, seal(key, place, 'señor-token'))).toBe('señor-token');
  });

  test('is never sealed twice alike', () => {
    expect(seal(key, place, 'token').sealed).not.toEqual(seal(key, place, 'token').sealed);
  });

  test.each([
    ['connection', { connectionId: '0a000000-0000-8000-a000-000000000002' }],
    ['name', { name: 'password' }],
    ['address', { address: 'https://evil.example.com' }],
  ])('does not open for another %s', (_what, other) => {
    expect(() => unseal(key, { ...place, ...other }, seal(key, place, 'token'))).toThrow('does not belong to this connection and address');
  });

  test('does not open where a bit of it was changed', () => {
    const box = seal(key, place, 'token');
    box.sealed[0] = (box.sealed[0] ?? 0) ^ 1;
    expect(() => unseal(key, place, box)).toThrow('or was changed');
  });

  test('names the two keys where it was sealed with another one', () => {
    const other = keyOf('ff112233445566778899aabbccddeeff0123456789abcdef13579bdf02468ace', 'another key');
    expect(() => unseal(other, place, seal(key, place, 'token'))).toThrow(`was sealed with key ${key.id}; this is key ${other.id}`);
  });
});

describe('the key of an installation', () => {
  test('is made once, readable by its owner alone, and stays', async () => {
    const home = join(directory, 'home');
    const [one, two] = await Promise.all([readKey(home), readKey(home)]);
    expect(one).toEqual(two);
    expect((await stat(join(home, 'secrets.key'))).mode & 0o777).toBe(0o600);
    expect(await readKey(home)).toEqual(one);
    expect((await readFile(join(home, 'secrets.key'), 'utf8')).trim()).toHaveLength(64);
  });

  test('is refused where others can read it', async () => {
    const home = join(directory, 'open');
    await readKey(home);
    await chmod(join(home, 'secrets.key'), 0o644);
    await expect(readKey(home)).rejects.toThrow(/can be read by others \(mode 644\); run "chmod 600/);
  });

  test.each(['', 'secret', '0'.repeat(64), 'ab'.repeat(32)])('is refused where it is "%s"', async (text) => {
    const home = await mkdtemp(join(directory, 'bad-'));
    await writeFile(join(home, 'secrets.key'), text, { mode: 0o600 });
    await expect(readKey(home)).rejects.toThrow(/is not a key|too regular/);
  });

  test('comes from the environment where it is given there', async () => {
    expect(await readKey(directory, key.bytes.toString('hex'))).toEqual(key);
  });
});

describe('secrets of a connection', async () => {
  const { pool } = await testDatabase();
  const canary = 'canary-token-in-the-vault';
  let source = new FakeSource();
  let used: string[] = [];

  beforeEach(async () => {
    await emptyModel(pool);
    source = new FakeSource();
    source.pages = [[change('a', 'one', 1)]];
    used = [];
  });

  /** The fake, asking for its token before each read. */
  function connectors() {
    const fake = source.connectors['fake'] as Connector;
    const asking: Connector = {
      ...fake,
      secretNames: ['token'],
      address: (config) => (config as { address: string }).address,
      async *read(config, stream, cursor, context) {
        used.push(await context.secret('token'));
        yield* fake.read(config, stream, cursor, context);
      },
    };
    return { fake: asking };
  }
  const options = () => ({ connectors: connectors(), vault: async () => key });
  const add = (address: string, secrets?: Record<string, string>) =>
    addConnection(pool, { name: 'tool', connector: 'fake', config: { address }, ...(secrets ? { secrets } : {}) }, options());

  test('are stored sealed and opened for the sync', async () => {
    await add('https://tool.example.com', { token: canary });
    await syncConnection(pool, 'tool', options());
    expect(used).toEqual([canary]);
    const { rows } = await pool.query<{ line: string }>('select t::text as line from ingest.secret t');
    expect(rows).toHaveLength(1);
    expect(rows[0]?.line).not.toContain(canary);
    expect(rows[0]?.line).not.toContain(Buffer.from(canary).toString('hex'));
  });

  test('stay when the connection is added again at the same address', async () => {
    await add('https://tool.example.com', { token: canary });
    await add('https://tool.example.com');
    await syncConnection(pool, 'tool', options());
    expect(used).toEqual([canary]);
  });

  test('are cleared when the address changes', async () => {
    await add('https://tool.example.com', { token: canary });
    await add('https://evil.example.com');
    expect((await pool.query('select from ingest.secret')).rowCount).toBe(0);
    await expect(syncConnection(pool, 'tool', options())).rejects.toThrow('was cleared when the address changed; give it again');
    expect(used).toEqual([]);
  });

  test('are refused where the connector does not know them or they are blank', async () => {
    await expect(add('https://tool.example.com', { tokn: 'x' })).rejects.toThrow('takes no secret "tokn"; known: token');
    await expect(add('https://tool.example.com', { token: ' ' })).rejects.toThrow('The secret "token" is blank');
  });

  describe('after the key was changed', () => {
    const fresh = keyOf('ff112233445566778899aabbccddeeff0123456789abcdef13579bdf02468ace', 'the new key');
    const keyed = (vault: VaultKey) => ({ connectors: connectors(), vault: async () => vault });
    const rotate = (old: VaultKey, present: VaultKey) => rotateSecrets(pool, old, present, connectors());

    test('open with the new one, once they are sealed with it', async () => {
      await add('https://tool.example.com', { token: canary });
      expect(await rotate(key, fresh)).toEqual({ resealed: 1, kept: 0 });
      await syncConnection(pool, 'tool', keyed(fresh));
      expect(used).toEqual([canary]);
      await expect(syncConnection(pool, 'tool', keyed(key))).rejects.toThrow(`was sealed with key ${fresh.id}`);
      expect(await rotate(key, fresh)).toEqual({ resealed: 0, kept: 1 });
    });

    test('are all left as they are where one does not open with the old one', async () => {
      await add('https://tool.example.com', { token: canary });
      const other = { name: 'other', connector: 'fake', config: { address: 'https://other.example.com' }, secrets: { token: 'x-token' } };
      await addConnection(pool, other, keyed(keyOf('0f112233445566778899aabbccddeeff0123456789abcdef13579bdf02468ace', 'a third key')));
      const before = (await pool.query('select * from ingest.secret order by connection_id')).rows;
      await expect(rotate(key, fresh)).rejects.toThrow(/^"other": The secret "token" was sealed with key .* Nothing was changed\.$/);
      expect((await pool.query('select * from ingest.secret order by connection_id')).rows).toEqual(before);
    });

    test('are not touched where both keys are the same', async () => {
      await expect(rotate(key, key)).rejects.toThrow('are the same');
    });
  });

  test('are gone with the connection', async () => {
    await add('https://tool.example.com', { token: canary });
    await pool.query('delete from ingest.connection');
    expect((await pool.query('select from ingest.secret')).rowCount).toBe(0);
  });
});

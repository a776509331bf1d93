import { chmod, chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sqlConnector } from '#etl/connectors/sql/connector.js';
import { databaseAccount } from '#server/database/account.js';
import { findBinaries } from '#server/database/binaries.js';
import { Postmaster } from '#server/database/postmaster.js';
import { makeCertificates, whyNone } from './certificates.js';
import { startMariadb, whyNot } from './mariadb.js';
import { contextWith, logConfig } from './reading.js';

const password = 'canary-password';

interface TlsServer {
  /** `HOST` stands for the host. */
  address: string;
  stop(): Promise<void>;
}

async function startPostgres(directory: string, files: { cert: string; key: string }): Promise<TlsServer> {
  const account = databaseAccount();
  await chmod(directory, 0o755);
  if (account) await chown(files.key, account.uid, account.gid);
  await chmod(files.key, 0o600);
  const settings = `ssl = on\nssl_cert_file = '${files.cert}'\nssl_key_file = '${files.key}'\nfsync = off\n`;
  const postmaster = new Postmaster(join(directory, 'db'), await findBinaries(account), account, settings);
  await postmaster.create(password);
  const port = await postmaster.start(null);
  return { address: `postgres://throughline@HOST:${port}/postgres`, stop: () => postmaster.stop() };
}

async function startMysql(_directory: string, files: { ca: string; cert: string; key: string }): Promise<TlsServer> {
  const { port, root, stop } = await startMariadb(`--ssl-ca=${files.ca}`, `--ssl-cert=${files.cert}`, `--ssl-key=${files.key}`);
  await root.query(`create user reader@'%' identified by '${password}' require ssl`);
  return { address: `mysql://reader@HOST:${port}/information_schema`, stop };
}

const query = `select '1' as id, 'T1' as item, '2026-03-02T09:00:00Z' as at, 'Open' as status, 1 as changed`;

describe.each([
  ['PostgreSQL', startPostgres, whyNone],
  ['MariaDB', startMysql, whyNone ?? whyNot],
] as const)('TLS to %s', (name, start, reason) => {
  describe.skipIf(reason !== null)(reason === null ? 'is as asked' : `skipped: ${reason}`, () => {
    let directory: string;
    let server: TlsServer;
    let ca: string;

    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'throughline-tls-'));
      const files = await makeCertificates(directory);
      ca = await readFile(files.ca, 'utf8');
      server = await start(directory, files);
    });
    afterAll(async () => {
      await server?.stop();
      await rm(directory, { recursive: true, force: true });
    });

    const check = (host: string, more: object) =>
      sqlConnector.check(logConfig(server.address.replace('HOST', host), query, more), contextWith(password));

    test('a certificate of the authority named is trusted for the name it is for', async () => {
      const { ok, findings } = await check('localhost', { tls: 'verify', ca });
      expect([ok, findings[0]]).toEqual([true, expect.stringContaining('TLS verified') as string]);
    });

    test('and for no other', async () => {
      const { ok, findings } = await check('127.0.0.1', { tls: 'verify', ca });
      expect(ok).toBe(false);
      expect(findings[0]).toMatch(
        name === 'PostgreSQL' ? /does not match certificate's altnames/ : /write the name that the certificate is for/,
      );
    });

    test('that of an authority nobody named is not', async () => {
      const { ok, findings } = await check('localhost', { tls: 'verify' });
      expect([ok, findings[0]]).toEqual([false, expect.stringMatching(/self-signed certificate|unable to verify/) as string]);
    });

    test('unless it is not to be verified, which is said', async () => {
      const { ok, findings } = await check('127.0.0.1', { tls: 'unverified' });
      expect([ok, findings[0]]).toEqual([true, expect.stringContaining('TLS not verified') as string]);
    });
  });
});

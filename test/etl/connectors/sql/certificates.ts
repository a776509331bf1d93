import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The files of an authority of the test's own, and of a server whose certificate it signed for the name `localhost` alone. */
export async function makeCertificates(directory: string): Promise<{ ca: string; cert: string; key: string }> {
  const at = (name: string) => join(directory, name);
  const openssl = (...options: string[]) => run('openssl', options);
  await writeFile(at('extensions'), 'subjectAltName=DNS:localhost\n');
  await openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=test authority',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
  );
  await openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost', '-keyout', at('server.key'), '-out', at('server.csr'));
  await openssl(
    ...['x509', '-req', '-days', '2', '-in', at('server.csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial'],
    ...['-extfile', at('extensions'), '-out', at('server.pem')],
  );
  return { ca: at('ca.pem'), cert: at('server.pem'), key: at('server.key') };
}

/** Why no certificates can be made; null where they can. */
export const whyNone = await run('openssl', ['version']).then(
  () => null,
  () => 'openssl is not installed',
);

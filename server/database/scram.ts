import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

/** As many as Postgres itself takes; the passwords are random, so more would gain nothing. */
const iterations = 4_096;

/**
 * What Postgres keeps of a password (RFC 5802, RFC 7677). Sent in place of the password, which so stands in no log of the server.
 * Only for passwords of ASCII.
 */
export function scramVerifier(password: string, salt = randomBytes(16)): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const keyOf = (label: string) => createHmac('sha256', salted).update(label).digest();
  const stored = createHash('sha256').update(keyOf('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${keyOf('Server Key').toString('base64')}`;
}

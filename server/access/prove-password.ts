import type pg from 'pg';
import { Refusal } from '../refusal.js';
import { accountSubject, addressSubject, beginAttempt, forgiveAttempt } from './attempts.js';
import { isPasswordOf } from './passwords.js';
import { TooManyAttempts } from './sign-in.js';

/**
 * Before what opens an account is changed. Whoever finds a browser open must not try out passwords either: `from` is where it asks from.
 */
export async function provePassword(
  pool: pg.Pool,
  { id, email }: { id: string; email: string },
  password: string,
  from: string,
  now: Date,
): Promise<void> {
  const subjects = [accountSubject(email), addressSubject(from)] as const;
  const waitSeconds = await beginAttempt(pool, subjects, now);
  if (waitSeconds !== null) throw new TooManyAttempts(waitSeconds);
  if (!(await isPasswordOf(pool, id, password))) throw new Refusal('The current password is another one.');
  await forgiveAttempt(pool, ...subjects);
}

import { HttpException } from '@nestjs/common';
import type pg from 'pg';
import { recordAudit } from '../audit/audit.js';
import { accountSubject, addressSubject, beginAttempt, forgiveAttempt } from './attempts.js';
import { hashPassword, isOutdated, isPassword } from './password-hash.js';
import { ToldLately } from './told-lately.js';

/** Waiting costs nobody anything; a row of the audit log for each knock would. */
const waits = new ToldLately(60_000);

/** Too many attempts: a 429, which is answered with `Retry-After`. */
export class TooManyAttempts extends HttpException {
  constructor(readonly waitSeconds: number) {
    super(`Too many attempts to sign in; the next one is looked at in ${waitSeconds} s.`, 429);
  }
}

/**
 * The id of the account that has this password; null: none has, or it is switched off, and nobody can tell which, not by the time it takes
 * either. Counted by account and by address. Throws `TooManyAttempts`.
 */
export async function accountOfPassword(pool: pg.Pool, email: string, password: string, from: string, now: Date): Promise<string | null> {
  const account = accountSubject(email);
  const address = addressSubject(from);
  const waitSeconds = await beginAttempt(pool, [account, address], now);
  if (waitSeconds !== null) {
    if (waits.isDue(address, now))
      await recordAudit(pool, { asker: null, action: 'sign-in', outcome: 'refused', detail: { waitSeconds }, address: from });
    throw new TooManyAttempts(waitSeconds);
  }
  const { rows } = await pool.query<{ id: string; hash: string | null; isDisabled: boolean }>(
    'select id, password_hash as hash, disabled_at is not null as "isDisabled" from app.account where email = $1',
    [email.trim().toLowerCase()],
  );
  const found = rows[0];
  const isRight = await isPassword(found?.hash ?? null, password);
  if (!found?.hash || !isRight || found.isDisabled) {
    await recordAudit(pool, { asker: null, action: 'sign-in', object: found?.id, outcome: 'failed', address: from });
    return null;
  }
  await forgiveAttempt(pool, account, address);
  if (isOutdated(found.hash)) {
    await pool.query('update app.account set password_hash = $2 where id = $1', [found.id, await hashPassword(password)]);
  }
  return found.id;
}

import type pg from 'pg';
import type { PasswordFlaw } from '../api.js';
import { hashPassword, isPassword } from './password-hash.js';
import { passwordFlaw, personalWords } from './password-rules.js';

/** Whose words a password must not be made of. */
export interface Person {
  name: string;
  email: string;
}

/** What is wrong with a password somebody chose; null: nothing. The address of the server counts as a word of the company. */
export function flawOf(password: string, { name, email }: Person, publicUrl: string): Promise<PasswordFlaw | null> {
  return passwordFlaw(password, personalWords('throughline', name, email, new URL(publicUrl).hostname));
}

/** The caller has looked for its flaws. Ends what was begun with the password before, and links that would set another; not sessions. */
export async function setPassword(db: pg.Pool | pg.ClientBase, account: string, password: string, now: Date): Promise<void> {
  await db.query('update app.account set password_hash = $2, changed_at = $3 where id = $1', [account, await hashPassword(password), now]);
  await db.query('delete from app.half_sign_in where account_id = $1', [account]);
  await db.query('delete from app.welcome_link where account_id = $1', [account]);
}

/** Whether it is the password of the account, which must not be switched off. */
export async function isPasswordOf(db: pg.Pool | pg.ClientBase, account: string, password: string): Promise<boolean> {
  const { rows } = await db.query<{ hash: string | null }>(
    'select password_hash as hash from app.account where id = $1 and disabled_at is null',
    [account],
  );
  return isPassword(rows[0]?.hash ?? null, password);
}

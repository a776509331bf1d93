import type pg from 'pg';
import { Refusal } from '../refusal.js';

/** Signs that nobody sees, or that turn the order of others: with them two names look the same. What Persian and emoji join by stays. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u2800]|(?!\u200c|\u200d|\ufe0f)\p{Default_Ignorable_Code_Point}/u;

/** A name as it is kept. Throws a `Refusal`. */
export function accountName(text: string): string {
  if (!unseen.test(text)) return text.normalize('NFC').trim();
  throw new Refusal('The name has signs that nobody sees; type it without them, so that nobody is taken for somebody else.');
}

/** The same of a name that somebody else gives: what nobody sees is left out. */
export function seenName(text: string): string {
  return accountName(text.replaceAll(new RegExp(unseen, 'gu'), ''));
}

/** What reads as one name, in whatever letters of one script it is written. */
function lookOf(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

/** Whether another account has a name that reads as this one. `except`: the account it is for. */
export async function isNameTaken(db: pg.Pool | pg.ClientBase, name: string, except: string | null = null): Promise<boolean> {
  const { rows } = await db.query<{ name: string }>('select name from app.account where $1::uuid is null or id <> $1', [except]);
  const look = lookOf(name);
  return rows.some((account) => lookOf(account.name) === look);
}

import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type pg from 'pg';
import type { VaultKey } from '#etl/vault/key.js';
import { seal, unseal, type Place, type Sealed } from '#etl/vault/seal.js';
import { withTransaction } from '#etl/transaction.js';
import type { SecondFactorSetup } from '../api.js';
import { iso } from '../database/iso.js';
import { Conflict, Refusal } from '../refusal.js';
import { hashOfKey } from './opaque-key.js';

type Queries = Pick<pg.Pool, 'query'>;

/** What every authenticator app takes without being told (RFC 6238). */
const stepSeconds = 30;
const digits = 6;
const secretBytes = 20;
/** Steps that a phone's clock may be off by, each way. */
const tolerance = 1;
const recoveryCodes = 10;
/** 120 bits: enough to be kept as a plain SHA-256. */
const recoveryBytes = 15;

/** How a factor stands: `since` null where none is confirmed. */
export interface SecondFactor {
  since: string | null;
  recoveryCodesLeft: number;
}

export async function readSecondFactor(db: Queries, account: string): Promise<SecondFactor> {
  const { rows } = await db.query<SecondFactor>(
    `select ${iso('factor.confirmed_at')} as since,
      (select count(*)::int from app.recovery_code code where code.account_id = factor.account_id and code.used_at is null)
        as "recoveryCodesLeft"
    from app.second_factor factor
    where factor.account_id = $1`,
    [account],
  );
  return rows[0] ?? { since: null, recoveryCodesLeft: 0 };
}

/** A new secret, which is asked for once a code of it was given. Throws `Conflict` where there is a confirmed one. */
export async function beginSecondFactor(db: Queries, key: VaultKey, account: { id: string; email: string }): Promise<SecondFactorSetup> {
  const secret = randomBytes(secretBytes);
  const { keyId, nonce, sealed } = seal(key, placeOf(account.id), secret.toString('hex'));
  const { rowCount } = await db.query(
    `insert into app.second_factor as factor (account_id, key_id, nonce, sealed) values ($1, $2, $3, $4)
    on conflict (account_id) do update
    set key_id = excluded.key_id, nonce = excluded.nonce, sealed = excluded.sealed, begun_at = now(), last_step = 0
    where factor.confirmed_at is null`,
    [account.id, keyId, nonce, sealed],
  );
  if (!rowCount) throw new Conflict('There is a second factor already; remove it first to set up another one.');
  const totp = totpOf(secret, account.email);
  return { uri: totp.toString(), key: totp.secret.base32 };
}

/** Confirms the new secret by its first code; gives the recovery codes. Throws `Refusal`. */
export async function confirmSecondFactor(pool: pg.Pool, key: VaultKey, account: string, code: string, now: Date): Promise<string[]> {
  return withTransaction(pool, async (client) => {
    const { rowCount } = await client.query('select from app.second_factor where account_id = $1 and confirmed_at is null for update', [
      account,
    ]);
    if (!rowCount) throw new Refusal('No second factor is being set up; begin again.');
    if (!(await takeCode(client, key, account, code, now))) {
      throw new Refusal('This code is not right; wait for the next one, and see that the clock of the phone is right.');
    }
    await client.query('update app.second_factor set confirmed_at = $2 where account_id = $1', [account, now]);
    return renewRecoveryCodes(client, account);
  });
}

/** New recovery codes in place of all others. */
export async function renewRecoveryCodes(db: Queries, account: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodes }, newRecoveryCode);
  await db.query('delete from app.recovery_code where account_id = $1', [account]);
  await db.query('insert into app.recovery_code (account_id, code_hash) select $1, unnest($2::bytea[])', [
    account,
    codes.map((code) => hashOfKey(bare(code))),
  ]);
  return codes;
}

/** What a given code is: of the app, or one for the case that it is lost. Either is good once. Null: not right, or used before. */
export async function checkSecondFactor(
  db: Queries,
  key: VaultKey,
  account: string,
  code: string,
  now: Date,
): Promise<'app' | 'recovery' | null> {
  const given = bare(code);
  if (new RegExp(`^\\d{${digits}}$`).test(given)) return (await takeCode(db, key, account, given, now)) ? 'app' : null;
  const { rowCount } = await db.query(
    `update app.recovery_code code set used_at = $3
    from app.second_factor factor
    where factor.account_id = code.account_id and factor.confirmed_at is not null
      and code.account_id = $1 and code.code_hash = $2 and code.used_at is null`,
    [account, hashOfKey(given), now],
  );
  return rowCount ? 'recovery' : null;
}

/** Nothing is asked after the password any more. False where nothing was. */
export async function removeSecondFactor(db: Queries, account: string): Promise<boolean> {
  return Boolean((await db.query('delete from app.second_factor where account_id = $1', [account])).rowCount);
}

/** Seals with `key` what was sealed with `old`; returns how many. */
export async function rotateSecondFactors(db: Queries, old: VaultKey, key: VaultKey): Promise<number> {
  const { rows } = await db.query<Sealed & { id: string }>(
    `select account_id as id, key_id as "keyId", nonce, sealed from app.second_factor where key_id <> $1 for update`,
    [key.id],
  );
  for (const { id, ...before } of rows) {
    const { keyId, nonce, sealed } = seal(key, placeOf(id), unseal(old, placeOf(id), before));
    await db.query('update app.second_factor set key_id = $2, nonce = $3, sealed = $4 where account_id = $1', [id, keyId, nonce, sealed]);
  }
  return rows.length;
}

/** Takes a code of the app, once: a step that was taken, and every one before it, is refused from then on. */
async function takeCode(db: Queries, key: VaultKey, account: string, code: string, now: Date): Promise<boolean> {
  const { rows } = await db.query<Sealed>('select key_id as "keyId", nonce, sealed from app.second_factor where account_id = $1', [
    account,
  ]);
  const [row] = rows;
  if (!row) return false;
  const totp = totpOf(Buffer.from(unseal(key, placeOf(account), row), 'hex'), '');
  const timestamp = now.getTime();
  const delta = totp.validate({ token: bare(code), timestamp, window: tolerance });
  if (delta === null) return false;
  const step = totp.counter({ timestamp }) + delta;
  const taken = await db.query('update app.second_factor set last_step = $2 where account_id = $1 and last_step < $2', [account, step]);
  return taken.rowCount === 1;
}

function totpOf(secret: Buffer, label: string): TOTP {
  return new TOTP({
    issuer: 'Throughline',
    label,
    algorithm: 'SHA1',
    digits,
    period: stepSeconds,
    secret: new Secret({ buffer: new Uint8Array(secret).buffer }),
  });
}

function placeOf(account: string): Place {
  return { connectionId: account, name: 'second factor', address: 'app.second_factor/sealed' };
}

/** Without letters and digits that are taken for each other. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

function newRecoveryCode(): string {
  const bits = [...randomBytes(recoveryBytes)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)]).join('');
  return (letters.match(/.{6}/g) ?? []).join('-');
}

/** As people type it: in small letters, with spaces and hyphens anywhere. */
function bare(code: string): string {
  return code.replace(/[\s-]/g, '').toUpperCase();
}

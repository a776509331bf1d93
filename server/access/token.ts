import type pg from 'pg';
import type { ApiToken, NewApiToken } from '../api.js';
import { iso } from '../database/iso.js';
import { Conflict, Missing, Refusal } from '../refusal.js';
import { meet, permitted } from './meet.js';
import { isWithin } from './narrow.js';
import { hashOfKey, newOpaqueKey } from './opaque-key.js';
import type { Permission, Principal, Role, Scope } from './principal.js';

type Queries = Pick<pg.Pool, 'query'>;

/** So that a key is known for one wherever it turns up. */
const prefix = 'tl_';
const keyForm = /^tl_[A-Za-z0-9_-]{43}$/;
const dayMs = 86_400_000;

export const usualTokenDays = 90;
export const mostTokenDays = 365;
/** More than anybody has scripts; what is not used any more is to be revoked. */
const mostTokens = 50;

/** Whose token it is to be, with what that one may do and see. */
export type TokenMaker = Pick<Principal, 'role' | 'only' | 'scope'> & { id: string };

export interface TokenWish {
  name: string;
  permissions: readonly Permission[];
  /** Null: that of the maker. */
  scope: Scope | null;
  days: number;
}

const columns = `token.id, token.name, token.permissions, token.scope, ${iso('token.created_at')} as "createdAt",
  ${iso('token.expires_at')} as "expiresAt", ${iso('token.last_used_at')} as "lastUsedAt"`;

/**
 * Keeps a token and gives its key, which cannot be shown again. Throws `Refusal` where it would
 * reach further than its maker, and `Conflict`.
 */
export async function makeToken(db: Queries, maker: TokenMaker, wish: TokenWish, now: Date): Promise<NewApiToken> {
  const beyond = wish.permissions.filter((permission) => !permitted([permission], maker).length);
  if (beyond.length > 0)
    throw new Refusal(`A token may do no more than its account: ${beyond.join(', ')} is beyond the role "${maker.role}".`);
  const scope = wish.scope ?? maker.scope;
  if (!isWithin(scope, maker.scope)) throw new Refusal('A token may see no more than its account; choose names within its scope.');
  const { rows: held } = await db.query<{ count: number }>(
    'select count(*)::int as count from app.api_token where account_id = $1 and revoked_at is null and expires_at > $2',
    [maker.id, now],
  );
  if ((held[0]?.count ?? 0) >= mostTokens)
    throw new Refusal(`There are ${mostTokens} tokens already; revoke one that is not used any more.`);
  const key = `${prefix}${newOpaqueKey()}`;
  const { rows } = await db.query<ApiToken>(
    `insert into app.api_token as token (account_id, name, key_hash, permissions, scope, created_at, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (account_id, name) where revoked_at is null do nothing
    returning ${columns}`,
    [
      maker.id,
      wish.name,
      hashOfKey(key),
      [...new Set(wish.permissions)],
      scope === null ? null : JSON.stringify(scope),
      now,
      new Date(now.getTime() + wish.days * dayMs),
    ],
  );
  const [made] = rows;
  if (!made) throw new Conflict(`There is a token "${wish.name}" already; give this one another name, or revoke that one.`);
  return { ...made, key };
}

/** Those that are not revoked, the newest first; ended ones among them. */
export async function listTokens(db: Queries, account: string): Promise<ApiToken[]> {
  const { rows } = await db.query<ApiToken>(
    `select ${columns} from app.api_token token where account_id = $1 and revoked_at is null order by created_at desc, id`,
    [account],
  );
  return rows;
}

/** It opens nothing from now on. Throws `Missing`, also for a token of another account. */
export async function revokeToken(db: Queries, account: string, id: string, now: Date): Promise<ApiToken> {
  const { rows } = await db.query<ApiToken>(
    `update app.api_token token set revoked_at = $3 where id = $2 and account_id = $1 and revoked_at is null returning ${columns}`,
    [account, id, now],
  );
  const [revoked] = rows;
  if (!revoked) throw new Missing(`There is no token ${id} of this account; it may have been revoked.`);
  return revoked;
}

interface Bearer {
  tokenId: string;
  permissions: Permission[];
  tokenScope: Scope | null;
  id: string;
  name: string;
  role: Role;
  scope: Scope | null;
  seesNames: boolean;
}

/**
 * Who sends this key; null for one that is not known, has ended or was revoked, and of an account that is disabled. What its account
 * may and sees at this moment bounds the token.
 */
export async function principalOfToken(db: Queries, key: string, now: Date): Promise<Principal | null> {
  if (!keyForm.test(key)) return null;
  const { rows } = await db.query<Bearer>(bearerOfKey, [hashOfKey(key), now]);
  const [bearer] = rows;
  if (!bearer) return null;
  await db.query(
    `update app.api_token set last_used_at = $2
    where id = $1 and (last_used_at is null or last_used_at < $2::timestamptz - interval '1 minute')`,
    [bearer.tokenId, now],
  );
  const { id, name, role, seesNames } = bearer;
  const only = permitted(bearer.permissions, { role, only: null });
  return { id, name, role, scope: meet(bearer.tokenScope, bearer.scope), seesNames, by: 'token', only };
}

const bearerOfKey = `
select token.id as "tokenId", token.permissions, token.scope as "tokenScope",
  account.id, account.name, account.role, account.scope, account.sees_names as "seesNames"
from app.api_token token
join app.account account on account.id = token.account_id
where token.key_hash = $1 and token.revoked_at is null and token.expires_at > $2 and account.disabled_at is null`;

/** Whether an address carries a key, which then stands in logs and histories. */
export function hasKeyInAddress(url: string): boolean {
  return /tl_[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/.test(decodedAddress(url));
}

function decodedAddress(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

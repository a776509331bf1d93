import type pg from 'pg';
import type { NewShareLink, ShareLink } from '../api.js';
import { iso } from '../database/iso.js';
import { Missing, Refusal } from '../refusal.js';
import type { AccountHolder } from './account-holder.js';
import { meet } from './meet.js';
import { isWithin } from './narrow.js';
import { hashOfKey, newOpaqueKey } from './opaque-key.js';
import { may, type Principal, type Role, type Scope } from './principal.js';
import { sharedPage } from './share-page.js';

type Queries = Pick<pg.Pool, 'query'>;

const dayMs = 86_400_000;

export const usualShareDays = 14;
export const mostShareDays = 90;

export interface ShareWish {
  title: string;
  /** Of a board with its filters, or of a kept summary. */
  address: string;
  /** Null: that of the maker. */
  scope: Scope | null;
  days: number;
}

const columns = `link.id, link.title, link.path || link.query as address, link.scope,
  (select account.name from app.account account where account.id = link.account_id) as by, ${iso('link.created_at')} as "createdAt",
  ${iso('link.expires_at')} as "expiresAt", ${iso('link.last_opened_at')} as "lastOpenedAt"`;

/** Keeps a link and gives its key, which cannot be shown again. Throws `Refusal` where it would show more than its maker sees. */
export async function makeShare(db: Queries, maker: AccountHolder, wish: ShareWish, now: Date): Promise<NewShareLink> {
  const { path, query } = sharedPage(wish.address);
  const scope = wish.scope ?? maker.scope;
  if (!isWithin(scope, maker.scope)) throw new Refusal('A link may show no more than its maker sees; choose names within that scope.');
  const key = newOpaqueKey();
  const { rows } = await db.query<ShareLink>(
    `insert into app.share_link as link (account_id, title, path, query, scope, key_hash, created_at, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    returning ${columns}`,
    [
      maker.id,
      wish.title,
      path,
      query,
      scope === null ? null : JSON.stringify(scope),
      hashOfKey(key),
      now,
      new Date(now.getTime() + wish.days * dayMs),
    ],
  );
  const [made] = rows;
  if (!made) throw new Error('The link was not kept; make it again.');
  return { ...made, key };
}

/** Those that still open: one's own, the newest first; of everybody for whom `account` is null. */
export async function listShares(db: Queries, account: string | null, now: Date): Promise<ShareLink[]> {
  const { rows } = await db.query<ShareLink>(
    `select ${columns} from app.share_link link
    where revoked_at is null and expires_at > $2 and ($1::uuid is null or account_id = $1)
    order by created_at desc, id`,
    [account, now],
  );
  return rows;
}

/** It opens nothing from now on. Throws `Missing`, also for one of another account where `account` is not null. */
export async function revokeShare(db: Queries, account: string | null, id: string, now: Date): Promise<ShareLink> {
  const { rows } = await db.query<ShareLink>(
    `update app.share_link link set revoked_at = $3
    where id = $2 and revoked_at is null and ($1::uuid is null or account_id = $1)
    returning ${columns}`,
    [account, id, now],
  );
  const [revoked] = rows;
  if (!revoked) throw new Missing(`There is no link ${id} of yours; it may have been revoked.`);
  return revoked;
}

/** Notes that it was opened. Null for one that is not known, has ended or was revoked, or whose maker may not make one any more. */
export async function openShare(db: Queries, key: string, now: Date): Promise<Principal | null> {
  const principal = await principalOfShare(db, key, now);
  if (principal) await db.query('update app.share_link set last_opened_at = $2 where key_hash = $1', [hashOfKey(key), now]);
  return principal;
}

/** Who holds this key: may look at its page, within what its maker sees at this moment. */
export async function principalOfShare(db: Queries, key: string, now: Date): Promise<Principal | null> {
  const { rows } = await db.query<{ address: string; scope: Scope | null; role: Role; makerScope: Scope | null }>(
    `select link.path || link.query as address, link.scope, account.role, account.scope as "makerScope"
    from app.share_link link
    join app.account account on account.id = link.account_id
    where link.key_hash = $1 and link.revoked_at is null and link.expires_at > $2 and account.disabled_at is null`,
    [hashOfKey(key), now],
  );
  const [link] = rows;
  if (!link || !may({ role: link.role, only: null }, 'steer')) return null;
  return {
    id: null,
    name: '',
    role: 'viewer',
    scope: meet(link.scope, link.makerScope),
    seesNames: false,
    by: 'share',
    only: ['read'],
    page: sharedPage(link.address),
  };
}

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type pg from 'pg';
import type { VaultKey } from '#etl/vault/key.js';
import type { Locale } from '#dashboards/i18n/messages.js';

/** Whom a link of unsubscribing is for. */
export interface Subscription {
  recipientId: string;
  schedule: string;
  address: string;
  locale: Locale;
  isOver: boolean;
}

/** Names a recipient, and proves that we named him: nobody can make such a token from an id. */
export function unsubscribeToken(key: VaultKey, recipientId: string): string {
  return `${recipientId}.${signature(key, recipientId).toString('base64url')}`;
}

/** Null for a token we did not give, and for somebody who is on no schedule any more. */
export async function readSubscription(pool: pg.Pool, key: VaultKey, token: string): Promise<Subscription | null> {
  const [recipientId = '', told = ''] = token.split('.');
  // Compared as text: several texts decode to the same bytes.
  const given = Buffer.from(told);
  const expected = Buffer.from(signature(key, recipientId).toString('base64url'));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const { rows } = await pool.query<Subscription>(
    `select recipient.id as "recipientId", schedule.name as schedule, recipient.address, recipient.locale,
      recipient.unsubscribed_at is not null as "isOver"
    from app.schedule_recipient recipient
    join app.schedule schedule on schedule.id = recipient.schedule_id
    where recipient.id = $1`,
    [recipientId],
  );
  return rows[0] ?? null;
}

/** Ends it; again does nothing more. */
export async function unsubscribe(pool: pg.Pool, recipientId: string, now: Date): Promise<void> {
  await pool.query('update app.schedule_recipient set unsubscribed_at = coalesce(unsubscribed_at, $2) where id = $1', [recipientId, now]);
}

function signature({ bytes }: VaultKey, recipientId: string): Buffer {
  const own = Buffer.from(hkdfSync('sha256', bytes, '', 'throughline/unsubscribe', 32));
  return createHmac('sha256', own).update(recipientId).digest();
}

import type pg from 'pg';
import type { MailboxResponse, MailLine, MailState } from '../api.js';
import { iso } from '../database/iso.js';
import { Conflict, Missing } from '../refusal.js';
import type { MailAbout } from './message.js';

const line = `id, recipient, recipient_name as "recipientName", subject, state, reason, answer, attempts, ${iso('queued_at')} as "queuedAt",
  case when isfinite(due_at) then ${iso('due_at')} when due_at is not null then ${iso('queued_at')} end as "nextAt",
  ${iso('sent_at')} as "sentAt", sent_by as "sentBy"`;

export const mailStates = ['queued', 'sending', 'sent', 'unknown', 'failed'] as const satisfies MailState[];

/** Messages, the newest first; of one state, or about one thing, where that is told. */
export async function readMessages(
  pool: pg.Pool,
  { state, about, limit = 50 }: { state?: MailState | undefined; about?: MailAbout | undefined; limit?: number } = {},
): Promise<MailLine[]> {
  const { rows } = await pool.query<MailLine>(
    `select ${line}
    from app.mail
    where ($1::text is null or state = $1)
      and ($2::text is null or (about_kind = $2 and about_id = $3))
    order by queued_at desc, recipient
    limit $4`,
    [state ?? null, about?.kind ?? null, about?.id ?? null, limit],
  );
  return rows;
}

export async function countMessages(pool: pg.Pool): Promise<MailboxResponse['counts']> {
  const { rows } = await pool.query<{ state: MailState; count: number }>(
    'select state, count(*)::int as count from app.mail group by state',
  );
  const counted = new Map(rows.map(({ state, count }) => [state, count]));
  return Object.fromEntries(mailStates.map((state) => [state, counted.get(state) ?? 0])) as MailboxResponse['counts'];
}

/**
 * Tries a message again now. A person may ask so for one whose arrival is unknown: a second copy has the same Message-ID. Throws
 * `Missing`, and `Conflict` for one that was sent or is being sent.
 */
export async function retryMessage(pool: pg.Pool, id: string, now: Date): Promise<MailLine> {
  const { rows } = await pool.query<MailLine>(
    `update app.mail
    set state = case when state = 'failed' then 'queued' else state end, due_at = $2, first_tried_at = null, is_told = false
    where id = $1
      and state in ('queued', 'unknown', 'failed')
    returning ${line}`,
    [id, now],
  );
  if (rows[0]) return rows[0];
  const { rows: known } = await pool.query<{ state: MailState }>('select state from app.mail where id = $1', [id]);
  if (!known[0]) throw new Missing(`There is no message ${id}; throughline mail list names them.`);
  throw new Conflict(`Message ${id} is ${known[0].state}; only one that is queued, unknown or failed can be tried again.`);
}

/** Tries everything again that failed. Gives how many. */
export async function retryFailed(pool: pg.Pool, now: Date): Promise<number> {
  const { rowCount } = await pool.query(
    `update app.mail set state = 'queued', due_at = $1, first_tried_at = null, is_told = false where state = 'failed'`,
    [now],
  );
  return rowCount ?? 0;
}

/** What is attached to no message any more goes, a day later: somebody may be putting one in that has it too. */
export async function dropLooseFiles(pool: pg.Pool): Promise<void> {
  await pool.query(
    `delete from app.mail_file file
    where kept_at < now() - interval '1 day'
      and not exists (select from app.mail_attachment attachment where attachment.sha256 = file.sha256)`,
  );
}

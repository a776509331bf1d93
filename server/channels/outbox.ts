import type pg from 'pg';
import type { ChannelMessage } from './message.js';

type Queries = Pick<pg.Pool, 'query'>;

/** One thing to tell on a channel. */
export interface Notice {
  channel: string;
  /** Identity of the message to the channel: notices of one key come in one message. */
  key: string;
  /** Identity of the notice within it. */
  notice: string;
  dueAt: Date;
  message: ChannelMessage;
}

/** Puts a notice into the outbox; a second one of the same identity does nothing. Call it within the transaction that makes it due. */
export async function enqueueNotice(db: Queries, { channel, key, notice, dueAt, message }: Notice): Promise<void> {
  // The update locks the message, so that none is sent while something joins it; one that has begun takes nothing more.
  const { rows } = await db.query<{ id: string; isOpen: boolean }>(
    `insert into app.channel_dispatch as dispatch (channel_id, key, due_at) values ($1, $2, $3)
    on conflict (channel_id, key) do update set key = excluded.key
    returning id, state = 'queued' and attempts = 0 as "isOpen"`,
    [channel, key, dueAt.toISOString()],
  );
  const [dispatch] = rows;
  if (!dispatch) throw new Error(`The message "${key}" did not reach the outbox of its channel.`);
  if (dispatch.isOpen) {
    await db.query(
      'insert into app.channel_notice (dispatch_id, key, message) values ($1, $2, $3) on conflict (dispatch_id, key) do nothing',
      [dispatch.id, notice, JSON.stringify(message)],
    );
    return;
  }
  const { rowCount } = await db.query('select from app.channel_notice where dispatch_id = $1 and key = $2', [dispatch.id, notice]);
  // The message it should have joined was sent meanwhile: it goes by itself.
  if (rowCount === 0) await enqueueNotice(db, { channel, key: `${key} ${notice}`, notice, dueAt, message });
}

import type { IncomingHttpHeaders } from 'node:http';
import type pg from 'pg';
import { FeedRefusal } from './feed-refusal.js';
import { isSameSignature, signingOf, signings } from './webhook-signature.js';

/** Clocks of two machines differ; a notice is on its way for seconds. */
const freshMs = 5 * 60_000;
/** Tools send a notice again for hours; one that comes again after this makes one more sync that finds nothing. */
const remembered = '24 hours';

/** The secret a tool signs its notices with; null: none is set. */
export type WebhookSecret = (connection: string) => Promise<string | null>;

/** What came of a notice. `repeated`: it was taken before, so nothing is done. */
export interface WebhookAnswer {
  connection: string;
  sync: 'due' | 'repeated';
}

/**
 * Makes a sync of the connection due, if the notice is signed with its secret. The notice itself is never read: what has
 * changed is asked of the tool. Throws `FeedRefusal`.
 */
export async function receiveWebhook(
  pool: pg.Pool,
  name: string,
  headers: IncomingHttpHeaders,
  body: AsyncIterable<Buffer>,
  options: { secret: WebhookSecret; now: Date },
): Promise<WebhookAnswer> {
  const unsigned = new FeedRefusal(
    401,
    `The notice does not bear the signature of a connection "${name}"; is its secret the one set in the tool?`,
  );
  const found = await pool.query<{ id: string; connector: string }>('select id, connector from ingest.connection where name = $1', [name]);
  const [connection] = found.rows;
  const signing = connection && signings.get(connection.connector);
  const given = signing?.given(headers);
  const secret = connection && given ? await options.secret(name) : null;
  if (!connection || !signing || !given || secret === null) throw unsigned;
  const hmac = signingOf(secret, signing, headers);
  for await (const chunk of body) hmac.update(chunk);
  if (!isSameSignature(hmac.digest(), given)) throw unsigned;
  const signedAt = signing.signedAt(headers);
  if (signedAt !== null && Math.abs(options.now.getTime() - signedAt.getTime()) > freshMs)
    throw new FeedRefusal(401, `The notice was signed at ${signedAt.toISOString()}, more than five minutes from the time here.`);
  return { connection: name, sync: (await noteNotice(pool, connection.id, given, options.now)) ? 'due' : 'repeated' };
}

/** False where the same notice was taken before. */
async function noteNotice(pool: pg.Pool, connection: string, signature: Buffer, now: Date): Promise<boolean> {
  const noted = await pool.query(
    `with forgotten as (
      delete from ingest.webhook_seen where seen_at < $3::timestamptz - interval '${remembered}'
    ),
    seen as (
      insert into ingest.webhook_seen (connection_id, signature, seen_at)
      values ($1, $2, $3)
      on conflict (connection_id, signature) do nothing
      returning connection_id
    )
    update ingest.connection connection
    set due_at = least(connection.due_at, $3::timestamptz)
    from seen
    where connection.id = seen.connection_id`,
    [connection, signature, now.toISOString()],
  );
  return noted.rowCount === 1;
}

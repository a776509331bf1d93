import { hash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { FeedRefusal } from './feed-refusal.js';

/** Begins every token, so that one found in a log or a repository is known for what it is. */
const prefix = 'tlp_';

/** Makes a token of 256 random bits for a connection. Only its hash is kept. With `replaces` the tokens made before end. */
export async function makePushToken(pool: pg.Pool, connection: string, options: { replaces: boolean }): Promise<string> {
  const token = `${prefix}${randomBytes(32).toString('base64url')}`;
  await pool.query(
    `with ended as (
      delete from ingest.push_token where connection_id = $1 and $3
    )
    insert into ingest.push_token (hash, connection_id) values ($2, $1)`,
    [connection, hashOf(token), options.replaces],
  );
  return token;
}

/** The connection of that name, if the header bears one of its tokens; a `FeedRefusal` that tells nothing of what exists otherwise. */
export async function authorisedConnection(pool: pg.Pool, name: string, header: string | undefined): Promise<string> {
  const token = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
  if (token === undefined)
    throw new FeedRefusal(401, 'A token is needed: "Authorization: Bearer tlp_…", made by "throughline connect push NAME".');
  // Looked up by the hash: how long that takes tells nothing of the token.
  const found = await pool.query<{ id: string }>(
    `update ingest.push_token token
    set last_used_at = now()
    from ingest.connection connection
    where connection.id = token.connection_id
      and connection.name = $1
      and token.hash = $2
    returning connection.id`,
    [name, hashOf(token)],
  );
  const [row] = found.rows;
  if (!row) throw new FeedRefusal(401, `The token is not one of a connection "${name}".`);
  return row.id;
}

function hashOf(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

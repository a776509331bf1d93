import { createHash } from 'node:crypto';
import type pg from 'pg';
import { onOneLine, parseAddress } from './address.js';
import type { MailAbout, MailMessage } from './message.js';

type Queries = Pick<pg.Pool, 'query'>;

/**
 * Puts a message into the outbox, from where one server sends it. `key` and recipient are the identity of the sending: a second
 * call with both does nothing, and the Message-ID follows from them. Call it within the transaction that makes the message due.
 * Throws a `Refusal` for an address that is none.
 */
export async function enqueueMail(
  db: Queries,
  key: string,
  message: MailMessage,
  about?: MailAbout,
): Promise<{ id: string; isNew: boolean }> {
  const to = parseAddress(message.to.address, message.to.name);
  for (const { bytes } of message.attachments) await db.query(keepFile, [sha256(bytes), bytes]);
  const put = await db.query<{ id: string }>(putMail, [
    key,
    to.address,
    to.name,
    sha256(`${key}\n${to.address}`),
    onOneLine(message.subject),
    message.text,
    message.html,
    message.listUnsubscribe ?? null,
    about?.kind ?? null,
    about?.id ?? null,
    JSON.stringify(message.attachments.map(({ fileName, contentType, bytes }) => ({ fileName, contentType, sha256: sha256(bytes) }))),
  ]);
  if (put.rows[0]) return { id: put.rows[0].id, isNew: true };
  // A statement of its own: one that waited for another's insert does not see it.
  const before = await db.query<{ id: string }>('select id from app.mail where key = $1 and recipient = $2', [key, to.address]);
  if (!before.rows[0]) throw new Error(`The message "${key}" to ${to.address} did not reach the outbox.`);
  return { id: before.rows[0].id, isNew: false };
}

function sha256(value: string | Uint8Array): string {
  return createHash('sha256').update(value).digest('hex');
}

/** $1 digest, $2 bytes. A file that is there is touched once an hour, so that thousands who send it do not wait for each other. */
const keepFile = `
with put as (
  insert into app.mail_file (sha256, bytes) values ($1, $2) on conflict (sha256) do nothing
)
update app.mail_file set kept_at = now() where sha256 = $1 and kept_at < now() - interval '1 hour'`;

/**
 * $1 key, $2 address, $3 name, $4 left part of the Message-ID, $5 subject, $6 text, $7 HTML, $8
 * unsubscribing, $9 and $10 about, $11 attachments.
 */
const putMail = `
with put as (
  insert into app.mail (key, recipient, recipient_name, identity, subject, text_body, html_body, list_unsubscribe, about_kind, about_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  on conflict (key, recipient) do nothing
  returning id
), attached as (
  insert into app.mail_attachment (mail_id, position, file_name, content_type, sha256)
  select put.id, attachment.position, attachment.told ->> 'fileName', attachment.told ->> 'contentType', attachment.told ->> 'sha256'
  from put
  cross join jsonb_array_elements($11::jsonb) with ordinality attachment (told, position)
)
select id
from put`;

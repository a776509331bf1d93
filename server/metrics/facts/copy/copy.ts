import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { CopyOut } from './copy-out.js';
import { ReceivedRows } from './received-rows.js';

/** Bytes of a message to the server, which holds each whole in memory. */
const messageBytes = 1 << 18;

/** What a binary COPY to stdout gives, in place of what `into` held. */
export async function receiveCopy(client: pg.PoolClient, statement: string, into = new ReceivedRows()): Promise<ReceivedRows> {
  into.clear();
  await client.query(new CopyOut(statement, into)).received;
  return into;
}

export async function sendCopy(client: pg.PoolClient, statement: string, bytes: Buffer): Promise<void> {
  await pipeline(messages(bytes), client.query(copyFrom(statement)));
}

function* messages(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += messageBytes) yield bytes.subarray(at, at + messageBytes);
}

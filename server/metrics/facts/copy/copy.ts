import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/** Bytes of a message to the server, which holds each whole in memory. */
const messageBytes = 1 << 18;

/** What a COPY to stdout gives. */
export async function receiveCopy(client: pg.PoolClient, statement: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of client.query(copyTo(statement))) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export async function sendCopy(client: pg.PoolClient, statement: string, bytes: Buffer): Promise<void> {
  await pipeline(messages(bytes), client.query(copyFrom(statement)));
}

function* messages(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += messageBytes) yield bytes.subarray(at, at + messageBytes);
}

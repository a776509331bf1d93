/**
 * A process of its own in which one query runs at a time, so that neither its rows nor a crash can take the server with them. Told by
 * messages; ends with its parent. It imports nothing of ours but `session`: it runs as it stands, from the sources and from `dist`.
 */
import { connect } from 'node:net';
import { extname } from 'node:path';
import type { ChildAnswer, ChildJob, ChildOrder } from './child-messages.js';
import type { Session } from './session.js';

const { beginning, declaration, openSession, planOf, TooManyBytes, WireError } = (await import(
  new URL(`./session${extname(import.meta.url)}`, import.meta.url).href
)) as typeof import('./session.js');

/** Types that are read in binary: int and float of 8 bytes, int of 4 and 2, boolean, date, instant. All others come as text. */
const inBinary = [16, 20, 21, 23, 701, 1082, 1184];

/** Enough to be worth a message, few enough to wait in memory. */
const messageBytes = 1_000_000;
const mostUnread = 4;

let session: Session | null = null;
let job: ChildJob | null = null;
let unread = 0;
let isCancelled = false;

process.on('message', (order: ChildOrder) => {
  if (order.kind === 'run') void run(order.job);
  else if (order.kind === 'more') heed();
  else cancel();
});
process.on('disconnect', () => process.exit());

function tell(answer: ChildAnswer): void {
  process.send?.(answer);
}

/** The parent has taken a batch: there is room for another one. */
function heed(): void {
  unread -= 1;
  if (unread < mostUnread) session?.wire.resume();
}

async function run(told: ChildJob): Promise<void> {
  job = told;
  unread = 0;
  isCancelled = false;
  try {
    session = await openSession(told.address, told.application, told.mostBytes);
    await session.wire.command(beginning(told.milliseconds, told.hasTransactionTimeout));
    const end = told.isPlan ? await plan(session.wire, told) : await rows(session.wire, told);
    await session.wire.command('rollback').catch((error: unknown) => {
      if (!(error instanceof TooManyBytes)) throw error;
    });
    tell(end);
  } catch (error) {
    tell({
      kind: 'error',
      message: error instanceof Error ? error.message : String(error),
      sqlState: codeOf(error),
      position: error instanceof WireError ? error.position : null,
    });
  } finally {
    session?.wire.close();
    session = null;
    job = null;
  }
}

async function rows(wire: Session['wire'], { text, types, values, mostRows, batchRows }: ChildJob): Promise<ChildAnswer> {
  let count = 0;
  let cutAt: 'rows' | 'bytes' | null = null;
  let batch: Buffer[] = [];
  let bytes = 0;
  const flush = (): void => {
    if (batch.length === 0) return;
    tell({ kind: 'rows', count: batch.length, rows: Buffer.concat(batch, bytes) });
    batch = [];
    bytes = 0;
    unread += 1;
    if (unread >= mostUnread) wire.pause();
  };
  const before = wire.bytes;
  await wire.run({ text: declaration(text), types, values });
  const columns = await wire.describe({ text: 'fetch forward 0 from c' });
  const named: string[] = [];
  if (columns.length > 0) {
    const calls = columns.map(({ oid, modifier }) => `pg_catalog.format_type(${oid}, ${modifier})`);
    // A function takes a hundred arguments, a query 1,664 columns.
    await wire.run({ text: `select unnest(array[${calls.join(', ')}])` }, (body) => named.push(body.toString('utf8', 6)));
  }
  tell({ kind: 'columns', columns: columns.map((column, index) => ({ ...column, type: named[index] ?? 'text' })) });
  const formats = columns.map(({ oid }) => (inBinary.includes(oid) ? 1 : 0));
  try {
    for (let isEnd = false; !isEnd && cutAt === null;) {
      // Between two fetches the server has nothing to cancel.
      if (isCancelled) throw new Error('Cancelled.');
      // One more than may be, to know whether there is more.
      const wanted = Math.min(batchRows, mostRows + 1 - count);
      let got = 0;
      await wire.run({ text: `fetch forward ${wanted} from c`, formats }, (body) => {
        got += 1;
        if (count === mostRows) {
          cutAt = 'rows';
          return;
        }
        count += 1;
        batch.push(body);
        bytes += body.length;
        if (bytes >= messageBytes) flush();
      });
      flush();
      isEnd = got < wanted;
    }
  } catch (error) {
    if (!(error instanceof TooManyBytes)) throw error;
    cutAt = 'bytes';
    flush();
  }
  return { kind: 'end', rows: count, bytes: wire.bytes - before, cutAt };
}

async function plan(wire: Session['wire'], { text, types, values }: ChildJob): Promise<ChildAnswer> {
  const lines: string[] = [];
  await wire.run({ text: planOf(text), types, values }, (body) => lines.push(body.toString('utf8', 6)));
  return { kind: 'plan', json: lines.join('\n') };
}

/** Asks the server to stop; where that cannot be asked, the end of the connection does. https://www.postgresql.org/docs/current/protocol-flow.html */
function cancel(): void {
  isCancelled = true;
  if (!session || !job) return;
  const { hostname, port } = new URL(job.address);
  if (session.isEncrypted || hostname === '') process.exit();
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(80_877_102, 4);
  request.writeInt32BE(session.processId, 8);
  request.writeInt32BE(session.secretKey, 12);
  session.wire.resume();
  const socket = connect(port === '' ? 5_432 : Number(port), hostname.replace(/^\[|\]$/g, ''));
  // It may have ended by itself meanwhile; who does not stop is ended by the parent.
  socket.on('error', () => undefined);
  socket.end(request);
}

function codeOf(error: unknown): string | null {
  if (error instanceof WireError) return error.sqlState;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)
    ? error.code
    : null;
}

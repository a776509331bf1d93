/**
 * A process of its own in which one query runs at a time, so that neither its rows nor a crash can take the server with them. Told by
 * messages; ends with its parent.
 */
import { connect } from 'node:net';
import { isBinary } from '../exports/typed-column.js';
import { Refusal } from '../refusal.js';
import type { ChildAnswer, ChildColumn, ChildJob, ChildOrder } from './child-messages.js';
import { rowMessages, type RowsOut } from './child-rows.js';
import { beginning, declaration, openSession, planOf, type Session } from './session.js';
import { TooManyBytes, WireError, type Wire } from './wire.js';

/** Rows are asked for again before those asked for last have all come, so that neither side waits for the other. */
const fetchesAhead = 2;

let session: Session | null = null;
let job: ChildJob | null = null;
let out: RowsOut | null = null;
let isCancelled = false;

process.on('message', (order: ChildOrder) => {
  if (order.kind === 'run') void run(order.job);
  else if (order.kind === 'more') out?.heed();
  else cancel();
});
process.on('disconnect', () => process.exit());

function tell(answer: ChildAnswer): void {
  process.send?.(answer);
}

async function run(told: ChildJob): Promise<void> {
  job = told;
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
      isRefusal: error instanceof Refusal,
    });
  } finally {
    session?.wire.close();
    session = null;
    job = null;
    out = null;
  }
}

async function rows(wire: Wire, told: ChildJob): Promise<ChildAnswer> {
  const before = wire.bytes;
  await wire.run({ text: declaration(told.text), types: told.types, values: told.values });
  const columns = await columnsOf(wire);
  if (told.file && columns.length === 0) throw new Refusal('The query has no columns, so there is no file of it; name one after SELECT.');
  tell({ kind: 'columns', columns });
  const taker = told.file ? (await import('./child-file.js')).rowFile(wire, columns, told.file) : rowMessages(wire, tell);
  out = taker;
  let count = 0;
  let cutAt = null as 'rows' | 'bytes' | null;
  const most: RowsOut['row'] = (from, start, end) => {
    if (count === told.mostRows) {
      cutAt = 'rows';
      return;
    }
    count += 1;
    taker.row(from, start, end);
  };
  try {
    await fetchAll(wire, told, columns, { ...taker, row: most });
  } catch (error) {
    if (!(error instanceof TooManyBytes)) throw error;
    cutAt = 'bytes';
  }
  const written = await taker.end(cutAt === null);
  return { kind: 'end', rows: count, bytes: wire.bytes - before, cutAt, written };
}

async function columnsOf(wire: Wire): Promise<ChildColumn[]> {
  const columns = await wire.describe({ text: 'fetch forward 0 from c' });
  const named: string[] = [];
  if (columns.length > 0) {
    const calls = columns.map(({ oid, modifier }) => `pg_catalog.format_type(${oid}, ${modifier})`);
    // A function takes a hundred arguments, a query 1,664 columns.
    await wire.run({ text: `select unnest(array[${calls.join(', ')}])` }, (body) => named.push(body.toString('utf8', 6)));
  }
  return columns.map((column, index) => ({ ...column, type: named[index] ?? 'text' }));
}

/** Takes rows to the end, or one more than may be, to know whether there is more. Ends where it is cancelled. */
async function fetchAll(wire: Wire, { batchRows, mostRows }: ChildJob, columns: readonly ChildColumn[], taker: RowsOut): Promise<void> {
  const formats = columns.map(({ type }) => (isBinary(type) ? 1 : 0));
  let wanted = 0;
  const fetchNext = async (): Promise<boolean> => {
    const more = Math.min(batchRows, mostRows + 1 - wanted);
    wanted += more;
    let got = 0;
    await wire.stream({ text: `fetch forward ${more} from c`, formats }, (from, start, end) => {
      got += 1;
      taker.row(from, start, end);
    });
    taker.pause();
    return got === more;
  };
  const asked: Promise<boolean>[] = [];
  let isEnd = false;
  do {
    // Between two fetches the server has nothing to cancel.
    if (isCancelled) throw new Error('Cancelled.');
    while (!isEnd && asked.length < fetchesAhead && wanted <= mostRows) {
      const next = fetchNext();
      // Where one fails, those after it do too; the first tells why.
      next.catch(() => undefined);
      asked.push(next);
    }
    if (!(await asked.shift())) isEnd = true;
  } while (asked.length > 0);
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

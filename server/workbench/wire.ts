/**
 * What PostgreSQL and a client say to each other, as far as a query of somebody else needs it: so that every byte is counted as it comes,
 * and a row that is too long is never gathered.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
import type { Socket } from 'node:net';

export interface WireColumn {
  name: string;
  /** Of its type. */
  oid: number;
  modifier: number;
}

/** What the server says is wrong. Its DETAIL and HINT, which may tell of what the asker may not see, are not kept. */
export class WireError extends Error {
  readonly sqlState: string;
  /** Character of the statement, from 1. */
  readonly position: number | null;

  constructor(fields: Map<string, string>) {
    super(fields.get('M') ?? 'The server gave no reason.');
    this.sqlState = fields.get('C') ?? '';
    const position = fields.get('P');
    this.position = position === undefined ? null : Number(position);
  }
}

/** More was read than may be. */
export class TooManyBytes extends Error {
  override message = 'More was read than may be.';
}

export interface Statement {
  text: string;
  /** Of the parameters, by number. */
  types?: readonly number[];
  values?: readonly (string | null)[];
  /** Of each column: 1 for binary, 0 for text. */
  formats?: readonly number[];
}

/** A row as it came, up to `end`: the number of fields, then length and bytes of each.  */
type RowListener = (from: Buffer, start: number, end: number) => void;

interface Listener {
  columns(columns: WireColumn[]): void;
  row: RowListener;
  done(error: Error | null): void;
}

/** A session whose socket is ours alone: nobody else listens to it any more. */
export class Wire {
  /** Bytes read since this began. */
  bytes = 0;
  private readonly socket: Socket;
  private readonly mostBytes: number;
  /** Of what was asked and is not yet answered, in order. */
  private readonly listeners: Listener[] = [];
  private chunks: Buffer[] = [];
  private length = 0;
  private needed = headBytes;
  private failure: Error | null = null;

  constructor(socket: Socket, mostBytes: number) {
    this.socket = socket;
    this.mostBytes = mostBytes;
    socket.removeAllListeners('data');
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('close', () => this.fail(new Error('The connection to the database was lost.')));
  }

  /** Runs statements of ours, without parameters or answers of interest. */
  async command(text: string): Promise<void> {
    await this.exchange(message('Q', cString(text)));
  }

  /** What the statement answers with; it is not run. */
  async describe({ text, types = [] }: Statement): Promise<WireColumn[]> {
    return this.exchange(Buffer.concat([parse(text, types), message('D', Buffer.from('S\0')), sync]));
  }

  /** Runs one statement; the server refuses a text that holds several. */
  async run(statement: Statement, row: (body: Buffer) => void = () => undefined): Promise<WireColumn[]> {
    return this.stream(statement, (from, start, end) => row(from.subarray(start, end)));
  }

  /** The same, of many rows. May be asked before the last one is answered: answers come in order. */
  async stream({ text, types = [], values = [], formats = [] }: Statement, row: RowListener): Promise<WireColumn[]> {
    return this.exchange(
      Buffer.concat([parse(text, types), bind(values, formats), message('D', Buffer.from('P\0')), message('E', Buffer.alloc(5)), sync]),
      row,
    );
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  /** Says goodbye. */
  close(): void {
    this.socket.end(message('X', Buffer.alloc(0)));
  }

  private exchange(bytes: Buffer, row: RowListener = () => undefined): Promise<WireColumn[]> {
    return new Promise((resolve, reject) => {
      if (this.failure) {
        reject(this.failure);
        return;
      }
      let columns: WireColumn[] = [];
      this.listeners.push({
        columns: (told) => (columns = told),
        row,
        done: (error) => {
          if (error) reject(error);
          else resolve(columns);
        },
      });
      this.socket.write(bytes);
    });
  }

  private take(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.bytes > this.mostBytes) {
      this.fail(new TooManyBytes());
      return;
    }
    this.chunks.push(chunk);
    this.length += chunk.length;
    if (this.length < this.needed) return;
    const all = this.chunks.length === 1 ? chunk : Buffer.concat(this.chunks);
    let at = 0;
    for (;;) {
      const left = all.length - at;
      // The length counts itself, but not the letter before it.
      this.needed = left < headBytes ? headBytes : 1 + all.readInt32BE(at + 1);
      if (this.needed - left > this.mostBytes - this.bytes) {
        this.fail(new TooManyBytes());
        return;
      }
      if (left < this.needed) break;
      this.hear(all[at] ?? 0, all, at + headBytes, at + this.needed);
      if (this.failure) return;
      at += this.needed;
    }
    this.length = all.length - at;
    this.chunks = this.length === 0 ? [] : [all.subarray(at)];
  }

  private wrong: WireError | null = null;

  private hear(kind: number, from: Buffer, start: number, end: number): void {
    const [listener] = this.listeners;
    if (kind === kinds.row) this.row(listener, from, start, end);
    else if (kind === kinds.columns) listener?.columns(columnsOf(from.subarray(start, end)));
    else if (kind === kinds.error) this.wrong = new WireError(fieldsOf(from.subarray(start, end)));
    else if (kind === kinds.ready) {
      const { wrong } = this;
      this.wrong = null;
      this.listeners.shift();
      listener?.done(wrong);
    }
  }

  private row(listener: Listener | undefined, from: Buffer, start: number, end: number): void {
    try {
      listener?.row(from, start, end);
    } catch (error) {
      this.fail(error);
    }
  }

  /** Ends the connection: what was asked fails for this reason, and whatever is asked after it. */
  fail(thrown: unknown): void {
    const failure = thrown instanceof Error ? thrown : new Error(String(thrown));
    // What the server said last, such as that it ends the session, tells more than that it is gone.
    this.failure ??= this.wrong ?? failure;
    this.socket.destroy();
    for (const listener of this.listeners.splice(0)) listener.done(this.failure);
  }
}

const headBytes = 5;

/** Letters that answers begin with: DataRow, RowDescription, ErrorResponse, ReadyForQuery. */
const kinds = { row: 0x44, columns: 0x54, error: 0x45, ready: 0x5a };

function message(kind: string, body: Buffer): Buffer {
  const head = Buffer.alloc(headBytes);
  head.write(kind, 0, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const sync = message('S', Buffer.alloc(0));

/** A text ends at its first zero byte, and what follows would be read as something else: so it may hold none. */
function cString(text: string): Buffer {
  if (text.includes('\0')) throw new Error('The text holds the character NUL, which no text of PostgreSQL can; remove it.');
  return Buffer.from(`${text}\0`);
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function parse(text: string, types: readonly number[]): Buffer {
  return message('P', Buffer.concat([cString(''), cString(text), int16(types.length), ...types.map(int32)]));
}

/** Of the unnamed statement, to the unnamed portal; values are texts. */
function bind(values: readonly (string | null)[], formats: readonly number[]): Buffer {
  const fields = values.flatMap((value) => {
    if (value === null) return [int32(-1)];
    const bytes = Buffer.from(value);
    return [int32(bytes.length), bytes];
  });
  return message(
    'B',
    Buffer.concat([cString(''), cString(''), int16(0), int16(values.length), ...fields, int16(formats.length), ...formats.map(int16)]),
  );
}

function columnsOf(body: Buffer): WireColumn[] {
  let at = 2;
  return Array.from({ length: body.readInt16BE(0) }, () => {
    const end = body.indexOf(0, at);
    const name = body.toString('utf8', at, end);
    // After the name: table and number of the column, then the type, its length, its modifier, the format.
    const column = { name, oid: body.readUInt32BE(end + 7), modifier: body.readInt32BE(end + 13) };
    at = end + 19;
    return column;
  });
}

function fieldsOf(body: Buffer): Map<string, string> {
  const fields = new Map<string, string>();
  for (let at = 0; body[at] !== 0 && at < body.length;) {
    const end = body.indexOf(0, at);
    fields.set(String.fromCharCode(body[at] ?? 0), body.toString('utf8', at + 1, end));
    at = end + 1;
  }
  return fields;
}

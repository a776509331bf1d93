import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createZstdDecompress } from 'node:zlib';
import { z } from 'zod';
import { reasonOf } from '#etl/error-code.js';
import { Refusal } from '../refusal.js';
import { firstLine, type BackupEnd, type BackupHead, type BackupTable } from './backup-format.js';

const Head = z.object({ version: z.string(), at: z.string(), migrations: z.array(z.string()), factsVersion: z.number() });
const Line = z.union([
  z.object({ table: z.string(), columns: z.array(z.string()) }),
  z.object({ sha256: z.string(), tables: z.number(), rows: z.number() }),
]);

const newline = 10;
/** Of the line `\.`, which ends the rows of a table: a backslash within rows is doubled. */
const rowsEnd = Buffer.from('\\.\n');

export interface BackupVisitor {
  head(head: BackupHead): Promise<void> | void;
  /** Takes the rows of one table. */
  table(table: BackupTable, rows: AsyncIterable<Buffer>): Promise<void>;
}

/** Reads a backup from end to end. Throws a `Refusal` where the file is none, is not whole, or was changed. */
export async function readBackup(path: string, visitor: BackupVisitor): Promise<BackupEnd> {
  const source = new ByteSource(path);
  const begin = await source.line();
  if (begin !== firstLine) {
    throw new Refusal(`${path} is no backup that this program knows: it begins with "${begin.slice(0, 40)}", not with "${firstLine}".`);
  }
  await visitor.head(Head.parse(JSON.parse(await source.line())));
  for (;;) {
    const before = source.hash.copy();
    const line = Line.parse(JSON.parse(await source.line()));
    if ('sha256' in line) {
      if (before.digest('hex') !== line.sha256) throw new Refusal(`${path} was changed since it was written: its SHA-256 is another.`);
      return line;
    }
    const rows = source.rows();
    await visitor.table(line, rows);
    // What a visitor did not want is read nevertheless, for the hash.
    for await (const chunk of rows) void chunk;
  }
}

/** The file's bytes, uncompressed, by lines and by tables, hashed as they are taken. */
class ByteSource {
  readonly hash = createHash('sha256');
  private readonly chunks: AsyncIterator<Buffer>;
  private held = Buffer.alloc(0);

  constructor(private readonly path: string) {
    const file = createReadStream(path);
    const plain = file.pipe(createZstdDecompress());
    file.on('error', (error) => plain.destroy(error));
    this.chunks = (plain as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    let end = this.held.indexOf(newline);
    while (end < 0) {
      await this.more();
      end = this.held.indexOf(newline);
    }
    return this.take(end + 1)
      .toString('utf8')
      .slice(0, -1);
  }

  /** Up to the line that ends them, whole lines only. */
  async *rows(): AsyncGenerator<Buffer> {
    for (;;) {
      while (this.held.length < rowsEnd.length) await this.more();
      if (this.held.subarray(0, rowsEnd.length).equals(rowsEnd)) {
        this.take(rowsEnd.length);
        return;
      }
      const end = this.held.indexOf(`\n${String(rowsEnd)}`);
      const lines = end >= 0 ? end + 1 : this.held.lastIndexOf(newline) + 1;
      if (lines === 0) await this.more();
      else yield this.take(lines);
    }
  }

  private take(length: number): Buffer {
    const taken = this.held.subarray(0, length);
    this.hash.update(taken);
    this.held = this.held.subarray(length);
    return taken;
  }

  private async more(): Promise<void> {
    const next = await this.chunks.next().catch((cause: unknown) => {
      throw new Refusal(`${this.path} cannot be read as a backup: ${reasonOf(cause)}.`);
    });
    if (next.done === true) throw new Refusal(`${this.path} is not whole: it ends in the middle. Take another backup.`);
    this.held = Buffer.concat([this.held, next.value]);
  }
}

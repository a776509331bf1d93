import type { Utf8 } from '../../text/words.js';
import type { Id, Ids } from './ids.js';
import { frameBytes, type ReceivedRows } from './received-rows.js';

/** Signature, flags and length of the extension, in the frame of the first row; https://www.postgresql.org/docs/current/sql-copy.html */
const headerBytes = 19;

const twoTo32 = 2 ** 32;

/** Reads the rows of a binary COPY, all received, field by field: `next()`, then one call per column in their order. */
export class CopyRows {
  readonly view: DataView;
  private readonly bytes: Buffer;
  private at = headerBytes;

  constructor(
    { bytes, view }: ReceivedRows,
    private readonly ids: Ids,
  ) {
    this.bytes = bytes;
    this.view = view;
  }

  /** False after the last row. */
  next(): boolean {
    const fields = this.view.getInt16(this.at + frameBytes);
    this.at += frameBytes + 2;
    return fields >= 0;
  }

  /** Where the 16 bytes of a UUID stand that is not null. */
  place(): number {
    const place = this.at + 4;
    this.at = place + 16;
    return place;
  }

  /** The same of one that may be null. */
  placeOrNull(): number | null {
    const at = this.field();
    return at < 0 ? null : at;
  }

  skip(fields: number): void {
    for (let n = 0; n < fields; n++) this.field();
  }

  id(): Id | null {
    const at = this.field();
    return at < 0 ? null : this.ids.read(this.view, at);
  }

  /** Microseconds since 2000, exact within the years that are stored; ±Infinity for infinity. */
  instant(): number | null {
    const at = this.field();
    if (at < 0) return null;
    const high = this.view.getInt32(at);
    const low = this.view.getUint32(at + 4);
    if (high === 0x7fffffff && low === 0xffffffff) return Infinity;
    if (high === -0x80000000 && low === 0) return -Infinity;
    return high * twoTo32 + low;
  }

  bigint(): bigint {
    return this.view.getBigInt64(this.field());
  }

  real(): number | null {
    const at = this.field();
    return at < 0 ? null : this.view.getFloat32(at);
  }

  boolean(): boolean | null {
    const at = this.field();
    return at < 0 ? null : this.bytes[at] === 1;
  }

  /** One of the few texts a column may hold, told apart by their first two bytes. */
  oneOf<T extends string>(texts: Texts<T>): T | null {
    const at = this.field();
    return at < 0 ? null : texts.find(this.view.getUint16(at));
  }

  text(): string | null {
    return this.utf8()?.toString('utf8') ?? null;
  }

  utf8(): Buffer | null {
    const at = this.field();
    return at < 0 ? null : this.bytes.subarray(at, this.at);
  }

  /** The bytes of a text, empty for null. */
  utf8Part(): Utf8 {
    const from = Math.max(this.field(), 0);
    return { bytes: this.bytes, from, to: from === 0 ? 0 : this.at };
  }

  /** Where the value begins, -1 for null. */
  private field(): number {
    const at = this.at + 4;
    const length = this.view.getInt32(this.at);
    this.at = length < 0 ? at : at + length;
    return length < 0 ? -1 : at;
  }
}

/** The texts of a checked column, by their first two bytes. */
export class Texts<T extends string> {
  private readonly starts: readonly number[];

  constructor(private readonly texts: readonly T[]) {
    this.starts = texts.map((text) => text.charCodeAt(0) * 256 + text.charCodeAt(1));
    if (new Set(this.starts).size < texts.length) throw new Error(`Two of ${texts.join(', ')} begin alike.`);
  }

  find(start: number): T {
    const text = this.texts[this.starts.indexOf(start)];
    if (text === undefined)
      throw new Error(
        `None of ${this.texts.join(', ')} begins with "${String.fromCharCode(start >> 8, start & 255)}"; the database is of a later version.`,
      );
    return text;
  }
}

/** Order of two UUIDs as PostgreSQL sorts them: negative where the first comes first. */
export function compareIds(one: DataView, oneAt: number, other: DataView, otherAt: number): number {
  for (let n = 0; n < 16; n += 4) {
    const difference = one.getUint32(oneAt + n) - other.getUint32(otherAt + n);
    if (difference !== 0) return difference;
  }
  return 0;
}

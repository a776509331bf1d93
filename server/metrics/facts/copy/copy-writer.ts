import type { Id, Ids } from './ids.js';

const header = Buffer.from([...Buffer.from('PGCOPY\n'), 0xff, 0x0d, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

const firstRoom = 1 << 16;
/** More than the longest row without its texts. */
const margin = 1_024;
const twoTo32 = 2 ** 32;

/** Rows of one table as a binary COPY takes them: `row`, then one call per column in their order. */
export class CopyWriter {
  private bytes = Buffer.allocUnsafe(firstRoom);
  private view = viewOf(this.bytes);
  private at = header.copy(this.bytes);

  constructor(
    private readonly ids: Ids,
    private readonly columns: number,
  ) {}

  /** Begins a row with its first column, the 16 bytes of a UUID. */
  row(source: DataView, place: number): this {
    if (this.at + margin > this.bytes.length) this.grow(margin);
    const { view, at } = this;
    view.setInt16(at, this.columns);
    view.setInt32(at + 2, 16);
    for (let n = 0; n < 16; n += 4) view.setInt32(at + 6 + n, source.getInt32(place + n));
    this.at = at + 22;
    return this;
  }

  id(id: Id | null): this {
    if (id === null) return this.null();
    this.view.setInt32(this.at, 16);
    this.ids.write(id, this.view, this.at + 4);
    this.at += 20;
    return this;
  }

  /** Microseconds since 2000 or ±Infinity. */
  instant(moment: number | null): this {
    if (moment === null) return this.null();
    if (Number.isFinite(moment)) return this.bigint(moment);
    return this.eight(moment > 0 ? 0x7fffffff : -0x80000000, moment > 0 ? 0xffffffff : 0);
  }

  bigint(value: number | null): this {
    if (value === null) return this.null();
    const high = Math.floor(value / twoTo32);
    return this.eight(high, value - high * twoTo32);
  }

  int(value: number): this {
    this.view.setInt32(this.at, 4);
    this.view.setInt32(this.at + 4, value);
    this.at += 8;
    return this;
  }

  double(value: number): this {
    this.view.setInt32(this.at, 8);
    this.view.setFloat64(this.at + 4, value);
    this.at += 12;
    return this;
  }

  boolean(value: boolean | null): this {
    if (value === null) return this.null();
    this.view.setInt32(this.at, 1);
    this.bytes[this.at + 4] = value ? 1 : 0;
    this.at += 5;
    return this;
  }

  /** A short text of ours, ASCII alone. */
  word(text: string | null): this {
    if (text === null) return this.null();
    const { bytes, at } = this;
    this.view.setInt32(at, text.length);
    for (let n = 0; n < text.length; n++) bytes[at + 4 + n] = text.charCodeAt(n);
    this.at = at + 4 + text.length;
    return this;
  }

  /** A text as it was read, of any length. */
  utf8(text: Buffer | null): this {
    if (text === null) return this.null();
    if (this.at + text.length + margin > this.bytes.length) this.grow(text.length + margin);
    this.view.setInt32(this.at, text.length);
    text.copy(this.bytes, this.at + 4);
    this.at += 4 + text.length;
    return this;
  }

  /** The rows so far as one COPY, null for none; valid until the next row. */
  rows(): Buffer | null {
    if (this.at === header.length) return null;
    this.view.setInt16(this.at, -1);
    return this.bytes.subarray(0, this.at + 2);
  }

  /** Begins anew, in the memory it has. */
  clear(): void {
    this.at = header.length;
  }

  private null(): this {
    this.view.setInt32(this.at, -1);
    this.at += 4;
    return this;
  }

  private eight(high: number, low: number): this {
    this.view.setInt32(this.at, 8);
    this.view.setInt32(this.at + 4, high);
    this.view.setUint32(this.at + 8, low);
    this.at += 12;
    return this;
  }

  private grow(more: number): void {
    const bytes = Buffer.allocUnsafe(2 * this.bytes.length + more);
    this.bytes.copy(bytes, 0, 0, this.at);
    this.bytes = bytes;
    this.view = viewOf(bytes);
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

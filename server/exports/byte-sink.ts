import { copyBytes } from './short-copy.js';

/** Bytes of a text file as it is written. Takes what is there already as bytes, so that a row leaves nothing behind to be collected. */
export class ByteSink {
  private bytes = Buffer.allocUnsafe(1 << 18);
  private length = 0;

  text(text: string): void {
    // A character of a string has three bytes at most.
    this.reserve(text.length * 3);
    this.length += this.bytes.write(text, this.length, 'utf8');
  }

  /** Of letters, digits and signs alone. */
  ascii(text: string): void {
    this.reserve(text.length);
    for (let index = 0; index < text.length; index += 1) this.bytes[this.length + index] = text.charCodeAt(index);
    this.length += text.length;
  }

  byte(code: number): void {
    this.reserve(1);
    this.bytes[this.length] = code;
    this.length += 1;
  }

  copy(from: Buffer, start: number, end: number): void {
    this.reserve(end - start);
    copyBytes(from, start, end, this.bytes, this.length);
    this.length += end - start;
  }

  /** A whole number, which a double holds to its last digit. */
  whole(value: number): void {
    let rest = value;
    if (rest < 0) {
      this.byte(minus);
      rest = -rest;
    }
    if (rest >= billion) {
      // Two halves, each of which is a number the processor divides quickly.
      const upper = Math.floor(rest / billion);
      this.whole(upper);
      this.digits(rest - upper * billion, 9);
      return;
    }
    let count = 1;
    for (let power = 10; power <= rest; power *= 10) count += 1;
    this.digits(rest, count);
  }

  /** The last digits of a whole number from 0 to 999,999,999, so many, zeroes in front. */
  digits(value: number, count: number): void {
    this.reserve(count);
    let rest = value | 0;
    for (let at = this.length + count - 1; at >= this.length; at -= 1) {
      const tenth = (rest / 10) | 0;
      this.bytes[at] = zero + rest - tenth * 10;
      rest = tenth;
    }
    this.length += count;
  }

  /** What was written since the last time. */
  taken(): Buffer {
    const taken = Buffer.from(this.bytes.subarray(0, this.length));
    this.length = 0;
    return taken;
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const longer = Buffer.allocUnsafe(Math.max(this.length + more, this.bytes.length * 2));
    this.bytes.copy(longer, 0, 0, this.length);
    this.bytes = longer;
  }
}

const minus = 0x2d;
const zero = 0x30;
const billion = 1_000_000_000;

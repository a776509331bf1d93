const firstRoom = 1 << 16;

/** Type and length, before every message of PostgreSQL. */
export const frameBytes = 5;

const row = 'd'.charCodeAt(0);
const done = 'c'.charCodeAt(0);
/** The answer to the COPY, and what the server may tell at any time: https://www.postgresql.org/docs/current/protocol-message-formats.html */
const besides = ['H', 'N', 'S', 'A'].map((type) => type.charCodeAt(0));

/** The rows of a binary COPY as they came: one a message, each in its frame. Used again, it takes no new memory. */
export class ReceivedRows {
  bytes = Buffer.allocUnsafe(firstRoom);
  view = viewOf(this.bytes);
  private end = 0;
  /** Where the next message begins; may lie behind the end. */
  private next = 0;

  clear(): void {
    this.end = 0;
    this.next = 0;
  }

  /** Takes what the server sent; null until the rows have ended, then what is not theirs any more. */
  take(chunk: Buffer): Buffer | null {
    this.append(chunk);
    while (this.next + frameBytes <= this.end) {
      const from = this.next;
      const type = this.bytes[from] ?? 0;
      const to = from + 1 + this.view.getInt32(from + 1);
      if (type === row) this.next = to;
      else if (!besides.includes(type)) return this.cut(type === done ? to : from, from);
      else if (to > this.end) return null;
      else {
        this.bytes.copyWithin(from, to, this.end);
        this.end -= to - from;
      }
    }
    return null;
  }

  private append(chunk: Buffer): void {
    if (this.end + chunk.length > this.bytes.length) {
      const longer = Buffer.allocUnsafe(2 * this.bytes.length + chunk.length);
      this.bytes.copy(longer, 0, 0, this.end);
      this.bytes = longer;
      this.view = viewOf(longer);
    }
    chunk.copy(this.bytes, this.end);
    this.end += chunk.length;
  }

  private cut(restFrom: number, end: number): Buffer {
    const rest = Buffer.from(this.bytes.subarray(restFrom, this.end));
    this.end = end;
    return rest;
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

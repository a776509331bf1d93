const firstRoom = 1_024;

/** Bytes of one thing in the mean; only so much room is made. */
const meanBytes = 16;

/** Values by short sequences of bytes, so that what was made of a sequence is found without making a string of it. */
export class RememberedBytes<T> {
  /** Open addressing, twice the room at least: number + 1, 0 where free. */
  private slots = new Int32Array(2 * firstRoom);
  private hashes = new Int32Array(firstRoom);
  /** Where each sequence ends among `bytes`; it begins where the one before ends. */
  private ends = new Int32Array(firstRoom);
  private bytes = new Uint8Array(meanBytes * firstRoom);
  private values: T[] = [];

  /** At most so many: then all are forgotten. */
  constructor(private readonly most: number) {}

  /** `hash` is `hashByte` of all bytes, from 0. */
  find(hash: number, from: Uint8Array, start: number, end: number): T | undefined {
    const { slots, hashes } = this;
    const mask = slots.length - 1;
    for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      const n = (slots[slot] ?? 0) - 1;
      if (n < 0) return undefined;
      if (hashes[n] === hash && this.is(n, from, start, end)) return this.values[n];
    }
  }

  /** Of a sequence that is not there. */
  add(hash: number, from: Uint8Array, start: number, end: number, value: T): void {
    if (this.values.length === this.most) this.forget();
    const n = this.values.length;
    const first = this.ends[n - 1] ?? 0;
    if (n === this.hashes.length) this.grow();
    while (first + end - start > this.bytes.length) this.bytes = longer(this.bytes, new Uint8Array(2 * this.bytes.length));
    for (let at = start; at < end; at++) this.bytes[first + at - start] = from[at] ?? 0;
    this.ends[n] = first + end - start;
    this.hashes[n] = hash;
    this.values.push(value);
    this.place(n);
  }

  private is(n: number, from: Uint8Array, start: number, end: number): boolean {
    const { bytes, ends } = this;
    const first = n === 0 ? 0 : (ends[n - 1] ?? 0);
    if ((ends[n] ?? 0) - first !== end - start) return false;
    for (let at = start; at < end; at++) if (bytes[first + at - start] !== from[at]) return false;
    return true;
  }

  private place(n: number): void {
    const { slots } = this;
    const mask = slots.length - 1;
    let slot = spread(this.hashes[n] ?? 0) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = n + 1;
  }

  private grow(): void {
    const room = 2 * this.hashes.length;
    this.hashes = longer(this.hashes, new Int32Array(room));
    this.ends = longer(this.ends, new Int32Array(room));
    this.slots = new Int32Array(2 * room);
    for (let n = 0; n < this.values.length; n++) this.place(n);
  }

  private forget(): void {
    this.slots.fill(0);
    this.values = [];
  }
}

/** The hash of a sequence and one byte more. */
export function hashByte(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193) + 1;
}

/** Every bit takes part in the low ones. */
function spread(hash: number): number {
  return hash ^ (hash >>> 15);
}

function longer<A extends Int32Array | Uint8Array>(old: A, room: A): A {
  room.set(old);
  return room;
}

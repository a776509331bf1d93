/** A UUID as a small number, valid for the `Ids` that gave it. */
export type Id = number;

/** The number of the nil UUID, which as an owner stands for "told: nobody has it". */
export const nobody: Id = 0;

const firstRoom = 1_024;

/** Numbers the UUIDs of a derivation in the order they appear, so that stories are compared by number and not by text. */
export class Ids {
  private words = new Int32Array(4 * firstRoom);
  /** Open addressing, twice the room at least: number + 1, 0 where free. */
  private slots = new Int32Array(4 * firstRoom);
  private count = 0;

  constructor() {
    this.numberOf(0, 0, 0, 0);
  }

  read(view: DataView, at: number): Id {
    return this.numberOf(view.getInt32(at), view.getInt32(at + 4), view.getInt32(at + 8), view.getInt32(at + 12));
  }

  parse(uuid: string): Id {
    const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
    if (bytes.length !== 16) throw new Error(`"${uuid}" is not a UUID.`);
    return this.read(new DataView(bytes.buffer, bytes.byteOffset), 0);
  }

  write(id: Id, view: DataView, at: number): void {
    const { words } = this;
    for (let n = 0; n < 4; n++) view.setInt32(at + 4 * n, words[4 * id + n] ?? 0);
  }

  private numberOf(a: number, b: number, c: number, d: number): Id {
    const { words, slots } = this;
    const mask = slots.length - 1;
    let slot = hash(a, b, c, d) & mask;
    for (;;) {
      const id = (slots[slot] ?? 0) - 1;
      if (id < 0) break;
      const at = 4 * id;
      if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) return id;
      slot = (slot + 1) & mask;
    }
    if (4 * this.count === words.length) {
      this.grow();
      return this.numberOf(a, b, c, d);
    }
    const id = this.count++;
    words.set([a, b, c, d], 4 * id);
    slots[slot] = id + 1;
    return id;
  }

  private grow(): void {
    const { words, count } = this;
    this.words = new Int32Array(2 * words.length);
    this.slots = new Int32Array(2 * words.length);
    this.count = 0;
    for (let at = 0; at < 4 * count; at += 4) this.numberOf(words[at] ?? 0, words[at + 1] ?? 0, words[at + 2] ?? 0, words[at + 3] ?? 0);
  }
}

/** Every bit of the UUID takes part in the low bits: some tools' UUIDs differ in a few places only. */
function hash(a: number, b: number, c: number, d: number): number {
  let mixed = a ^ Math.imul(b, 0x9e3779b1) ^ Math.imul(c, 0x85ebca6b) ^ Math.imul(d, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  return mixed ^ (mixed >>> 15);
}

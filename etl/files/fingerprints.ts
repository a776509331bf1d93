import { hash } from 'node:crypto';

/**
 * Counts how often each text was met, keeping 64 bits of its hash and not the text: 12 to 40 bytes a distinct text, about
 * 250 MB for ten million. Two texts of ten million share a hash with a chance of 1 in 400,000; they would count as one.
 */
export class Fingerprints {
  private capacity = 1 << 12;
  private slots = new Uint32Array(this.capacity * 3);
  private size = 0;

  /** How often this text has been met, this time included. */
  count(text: string): number {
    return this.countDigest(hash('sha256', text, 'buffer'));
  }

  /** The same for a text whose SHA-256 is known. */
  countDigest(digest: Buffer): number {
    if (this.size * 5 > this.capacity * 3) this.grow();
    const slot = this.slotOf(digest.readUInt32LE(0), digest.readUInt32LE(4));
    const count = (this.slots[slot + 2] ?? 0) + 1;
    if (count === 1) {
      this.slots[slot] = digest.readUInt32LE(0);
      this.slots[slot + 1] = digest.readUInt32LE(4);
      this.size += 1;
    }
    this.slots[slot + 2] = count;
    return count;
  }

  private slotOf(low: number, high: number): number {
    for (let index = low & (this.capacity - 1); ; index = (index + 1) & (this.capacity - 1)) {
      const slot = index * 3;
      if (this.slots[slot + 2] === 0 || (this.slots[slot] === low && this.slots[slot + 1] === high)) return slot;
    }
  }

  private grow(): void {
    const old = this.slots;
    this.capacity *= 2;
    this.slots = new Uint32Array(this.capacity * 3);
    for (let at = 0; at < old.length; at += 3) {
      if (old[at + 2] === 0) continue;
      const slot = this.slotOf(old[at] ?? 0, old[at + 1] ?? 0);
      this.slots.set(old.subarray(at, at + 3), slot);
    }
  }
}

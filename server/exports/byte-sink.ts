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
    this.length += this.bytes.write(text, this.length, 'latin1');
  }

  byte(code: number): void {
    this.reserve(1);
    this.bytes[this.length] = code;
    this.length += 1;
  }

  copy(from: Buffer, start: number, end: number): void {
    this.reserve(end - start);
    from.copy(this.bytes, this.length, start, end);
    this.length += end - start;
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

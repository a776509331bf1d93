import type { ByteSink } from './byte-sink.js';
import type { ColumnValues } from './column-batch.js';
import { formulaStarts } from './formula-starts.js';

const quote = 0x22;
const apostrophe = 0x27;

/** Each as its bytes. */
const starts = formulaStarts.map((start) => Buffer.from(start));

/** What makes a cell need quotes: quote, comma, carriage return, line feed. */
const isSpecial = new Uint8Array(256);
for (const code of [quote, 0x2c, 0x0d, 0x0a]) isSpecial[code] = 1;

/** A text as a cell of CSV, byte by byte what `csvCell` makes of it; it is never a string meanwhile. */
export function putCsvText(sink: ByteSink, { bytes, offsets }: ColumnValues, row: number, isRaw: boolean): void {
  const start = offsets[row] ?? 0;
  const end = offsets[row + 1] ?? 0;
  const isFormula = !isRaw && startsFormula(bytes, start, end);
  if (start < end && !needsQuotes(bytes, start, end)) {
    if (isFormula) sink.byte(apostrophe);
    sink.copy(bytes, start, end);
    return;
  }
  sink.byte(quote);
  if (isFormula) sink.byte(apostrophe);
  for (let at = start; at < end; at += 1) {
    const code = bytes[at] ?? 0;
    if (code === quote) sink.byte(quote);
    sink.byte(code);
  }
  sink.byte(quote);
}

function needsQuotes(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (isSpecial[bytes[at] ?? 0] === 1) return true;
  return false;
}

function startsFormula(bytes: Buffer, start: number, end: number): boolean {
  const first = bytes[start] ?? 0;
  // Letters and digits, which nearly all begin with, start none.
  if (start === end || (first > 0x40 && first < 0x80) || (first >= 0x30 && first < 0x3a)) return false;
  return starts.some((one) => end - start >= one.length && one.every((code, index) => bytes[start + index] === code));
}

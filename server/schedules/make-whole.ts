import type { MadeReport } from '../reports/made-report.js';

/** A PDF of a page has some thousand bytes; less is no summary. */
const fewestBytes = 1_000;

/** Makes a summary within the time, or throws. What has no text, or a PDF that is blank or cut off, is not let through. */
export async function makeWhole(make: () => Promise<MadeReport>, withinMs: number): Promise<MadeReport> {
  const deadline = Promise.withResolvers<never>();
  const clock = setTimeout(() => deadline.reject(new Error(`The summary was not made within ${withinMs / 1000} s.`)), withinMs);
  try {
    const made = await Promise.race([make(), deadline.promise]);
    if (!isPdf(made.pdf)) throw new Error(`The PDF of ${made.pdf.byteLength} bytes is not whole; it is not sent.`);
    if (made.text.trim() === '' || made.html.trim() === '') throw new Error('The summary has no text; it is not sent.');
    return made;
  } finally {
    clearTimeout(clock);
  }
}

function isPdf(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bytes.byteLength >= fewestBytes && text.subarray(0, 5).toString('latin1') === '%PDF-' && text.subarray(-32).includes('%%EOF');
}

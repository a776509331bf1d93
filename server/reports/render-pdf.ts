import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.js';
import { printer, type Printer } from './printer.js';
import type { PrintableReport } from './report-document.js';

const template = readFileSync(join(packageRoot, 'server/reports/summary.typ'), 'utf8');

/**
 * Prints a report: tagged PDF, PDF/UA-1 wherever our fonts have every character of its texts. The same report gives the same bytes.
 * Nothing is read but the template, the fonts and what is handed in. Throws rather than giving an empty or cut file.
 */
export async function renderPdf({ document, sheet, images }: PrintableReport, by: Printer = printer): Promise<Uint8Array> {
  const pdf = await by.print({
    template,
    inputs: { report: inOurFonts(JSON.stringify(document)), sheet: JSON.stringify(sheet) },
    images: [...images].map(([name, image]) => [name, typeof image === 'string' ? inOurFonts(image) : image]),
  });
  if (!Buffer.from(pdf.subarray(0, 5)).equals(Buffer.from('%PDF-')))
    throw new Error('The report was printed to something that is no PDF; it is not used.');
  return pdf;
}

/** An arrow is in none of our fonts: another one would be taken for it, in letters of its own, and kept in the file. */
function inOurFonts(text: string): string {
  return text.replaceAll('→', '›');
}

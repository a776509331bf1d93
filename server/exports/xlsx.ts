import { setImmediate } from 'node:timers/promises';
import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { Refusal } from '../refusal.js';
import { isPresent, textOf, type ColumnBatch, type ColumnValues } from './column-batch.js';
import { isoDay, isoInstant } from './iso-instant.js';
import { isDigits } from './text-cells.js';
import type { About, ColumnKind, FileColumn } from './typed-column.js';
import { declaration, spreadsheet, workbookParts, xml } from './xlsx-parts.js';

/** Rows a sheet has, its head among them. https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3 */
const mostRows = 1_048_576;

/** Packed without a pause; a batch at once would keep a server that writes a view from answering others for a second. */
const rowsAtOnce = 512;

/** A spreadsheet counts in doubles: whole numbers beyond it are kept as text, to the last digit. */
const mostExact = BigInt(Number.MAX_SAFE_INTEGER);

/** Characters of a cell; a longer text is cut and ends with an ellipsis. */
const mostCharacters = 32_767;

/**
 * A workbook of one sheet, head row fixed. Texts are typed as texts, so none is run as a formula; instants and dates are those of
 * the spreadsheet, in UTC to the millisecond. Throws a `Refusal` where there are more rows than a sheet has.
 */
export async function* xlsxBytes(
  about: About,
  columns: readonly FileColumn[],
  batches: AsyncIterable<ColumnBatch>,
): AsyncGenerator<Buffer> {
  const chunks: Uint8Array[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) failure = error;
    else chunks.push(chunk);
  });
  for (const [name, text] of Object.entries(workbookParts(Object.values(about).join(' ')))) {
    const part = new ZipPassThrough(name);
    zip.add(part);
    part.push(strToU8(text), true);
  }
  const sheet = new ZipDeflate('xl/worksheets/sheet1.xml', { level: 1 });
  zip.add(sheet);
  sheet.push(strToU8(sheetStart(columns)));
  let count = 1;
  for await (const batch of batches) {
    if (count + batch.length > mostRows)
      throw new Refusal(`There are more rows than the ${mostRows} a spreadsheet has; take CSV, Parquet or Arrow.`);
    for (let from = 0; from < batch.length; from += rowsAtOnce) {
      sheet.push(strToU8(rowsXml(columns, batch, { from, to: Math.min(from + rowsAtOnce, batch.length), first: count + 1 })));
      await setImmediate();
    }
    count += batch.length;
    if (failure) throw failure as Error;
    yield taken(chunks);
  }
  sheet.push(strToU8('</sheetData></worksheet>'), true);
  zip.end();
  if (failure) throw failure as Error;
  yield taken(chunks);
}

function taken(chunks: Uint8Array[]): Buffer {
  return Buffer.concat(chunks.splice(0));
}

function sheetStart(columns: readonly FileColumn[]): string {
  const head = columns.map(({ name }) => `<c t="inlineStr" s="3"><is><t>${xml(name)}</t></is></c>`).join('');
  return (
    `${declaration}<worksheet xmlns="${spreadsheet}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" ` +
    `activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>` +
    `<cols><col min="1" max="${columns.length}" width="22" customWidth="1"/></cols><sheetData><row r="1">${head}</row>`
  );
}

function rowsXml(
  columns: readonly FileColumn[],
  { columns: values }: ColumnBatch,
  { from, to, first }: { from: number; to: number; first: number },
): string {
  let rows = '';
  for (let row = from; row < to; row += 1) {
    rows += `<row r="${first + row}">`;
    for (const [index, found] of values.entries())
      rows += isPresent(found, row) ? cellXml(columns[index]?.kind ?? 'text', found, row) : '<c/>';
    rows += '</row>';
  }
  return rows;
}

function cellXml(kind: ColumnKind, values: ColumnValues, row: number): string {
  const number = values.numbers?.[row] ?? 0;
  switch (kind) {
    case 'boolean':
      return `<c t="b"><v>${number}</v></c>`;
    case 'int64':
      return isExact(BigInt(number)) ? `<c><v>${number}</v></c>` : textXml(String(number));
    case 'int32':
      return `<c><v>${number}</v></c>`;
    case 'float64':
      return Number.isFinite(number) ? `<c><v>${number}</v></c>` : textXml(String(number));
    case 'decimal':
      return decimalXml(textOf(values, row));
    case 'instant':
      return instantXml(BigInt(number));
    case 'date':
      return Number(number) + epochDay > 60 ? `<c s="2"><v>${Number(number) + epochDay}</v></c>` : textXml(isoDay(Number(number)));
    case 'text':
      return textXml(textOf(values, row));
  }
}

/** A double keeps fifteen digits. */
function decimalXml(text: string): string {
  return isDigits(text) && text.replace(/[-.]/g, '').length <= 15 ? `<c><v>${text}</v></c>` : textXml(text);
}

/** 1970-01-01 as a spreadsheet counts days. */
const epochDay = 25_569;

function instantXml(microseconds: bigint): string {
  const days = Number(microseconds) / 86_400_000_000 + epochDay;
  // Before March 1900 a spreadsheet counts a day that never was.
  return days > 60 ? `<c s="1"><v>${days.toFixed(10)}</v></c>` : textXml(isoInstant(microseconds));
}

function isExact(value: bigint): boolean {
  return value <= mostExact && value >= -mostExact;
}

function textXml(text: string): string {
  const whole = text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters - 1)}…`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${xml(whole)}</t></is></c>`;
}

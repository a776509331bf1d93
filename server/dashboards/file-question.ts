import { z } from 'zod';
import { viewFormats, type ViewFormat } from '../exports/formats.js';
import { itemColumnNames, type ItemColumn } from './item-columns.js';
import { ofItems, readItemsQuestion, type ItemsQuestion } from './items-question.js';
import { reader, shown, type Query, type Refuse } from './query-reader.js';
import { ofQuestion, readBy, readQuestion, type Question } from './question.js';

/** All items of a mark as a file. */
export interface DownloadQuestion extends ItemsQuestion {
  format: ViewFormat;
  columns: ItemColumn[];
  /** CSV cells as they are, also those a spreadsheet would run as formulas. */
  isRaw: boolean;
}

const raw = z.enum(['0', '1']).default('0').describe('1: CSV cells as they are, also those a spreadsheet would run as formulas.');
const column = z.enum(itemColumnNames);

export const DownloadQuery = readBy(
  { ...ofQuestion, ...ofItems, format: z.enum(viewFormats).default('csv'), column: z.union([column, z.array(column)]), raw },
  readDownloadQuestion,
);

/** The same as of a board, and whether CSV cells stay as they are. */
export const ChartFileQuery = readBy({ ...ofQuestion, raw }, readChartFileQuestion);

function readDownloadQuestion({ format, column, raw, ...query }: Query, refuse: Refuse): DownloadQuestion | null {
  const question = readItemsQuestion(query, refuse);
  let isRefused = question === null;
  const read = reader({ ...(format !== undefined && { format }) }, (name, message) => {
    isRefused = true;
    refuse(name, message);
  });
  const columns = [column ?? itemColumnNames].flat();
  const unknown = columns.filter((name) => !itemColumnNames.some((known) => known === name));
  if (unknown.length > 0) {
    isRefused = true;
    refuse('column', `${unknown.map(shown).join(', ')} is not known; known: ${itemColumnNames.join(', ')}.`);
  }
  const isRaw = readRaw(raw, refuse);
  const asked = { format: read.choice('format', viewFormats) ?? 'csv', columns: itemColumnNames.filter((name) => columns.includes(name)) };
  return isRefused || question === null || isRaw === null ? null : { ...question, ...asked, isRaw };
}

function readChartFileQuestion({ raw, ...query }: Query, refuse: Refuse): (Question & { isRaw: boolean }) | null {
  const question = readQuestion(query, [], refuse);
  const isRaw = readRaw(raw, refuse);
  return question === null || isRaw === null ? null : { ...question, isRaw };
}

/** Null where it is neither; that was told. */
function readRaw(raw: Query[string] | undefined, refuse: Refuse): boolean | null {
  if (raw === undefined || raw === '0') return false;
  if (raw === '1') return true;
  refuse('raw', `${shown(raw)} is not 1, for CSV cells as they are, also those a spreadsheet would run as formulas, or 0.`);
  return null;
}

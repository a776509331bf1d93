import { z } from 'zod';
import { isDate } from '../metrics/calendar.js';
import { itemSorts, type ItemSort } from '../metrics/item-order.js';
import { itemParts } from '../metrics/request.js';
import { reader, shown, type Query, type Refuse } from './query-reader.js';
import { ofQuestion, readBy, readQuestion, type Question } from './question.js';

/** Which mark of a chart was opened, and which page of its items. */
export interface ItemsQuestion extends Question {
  bucket: string;
  /** Null: not said; with a break-down, those that have none. */
  segment: string | null;
  part: (typeof itemParts)[number] | null;
  sort: ItemSort | null;
  order: 'asc' | 'desc' | null;
  offset: number;
  limit: number;
}

/** What the parameters may say beside those of a question. */
export const ofItems = {
  bucket: z
    .union([z.literal('all'), z.iso.date()])
    .default('all')
    .describe('First day of a period.'),
  segment: z.string(),
  part: z.enum(itemParts),
  sort: z.enum(itemSorts),
  order: z.enum(['asc', 'desc']),
  offset: z.int().min(0).max(10_000_000).default(0),
  limit: z.int().min(1).max(200).default(50),
};
const itemsParameters = Object.keys(ofItems);

export const ItemsQuery = readBy({ ...ofQuestion, ...ofItems }, readItemsQuestion);

export function readItemsQuestion(query: Query, refuse: Refuse): ItemsQuestion | null {
  const question = readQuestion(query, itemsParameters, refuse);
  let isRefused = question === null;
  const read = reader(query, (name, message) => {
    isRefused = true;
    refuse(name, message);
  });
  const bucket = read.text('bucket') ?? 'all';
  if (bucket !== 'all' && !isDate(bucket)) {
    isRefused = true;
    refuse('bucket', `${shown(bucket)} is not "all" or the first day of a period, such as 2026-03-02.`);
  }
  const items = {
    bucket,
    segment: read.text('segment'),
    part: read.choice('part', itemParts),
    sort: read.choice('sort', itemSorts),
    order: read.choice('order', ['asc', 'desc'] as const),
    offset: read.wholeNumber('offset', 0, 10_000_000) ?? 0,
    limit: read.wholeNumber('limit', 1, 200) ?? 50,
  };
  return isRefused || question === null ? null : { ...question, ...items };
}

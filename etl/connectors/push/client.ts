import type { Cursor, Json, Page } from '../../connector.js';
import { reasonOf } from '../../error-code.js';
import { lineBlocks } from '../../files/text-lines.js';

const linesPerPage = 5_000;
const charactersPerPage = 8 * 1024 ** 2;
/** A clock may be off by a day; an event of next year would move the time of all the data there for good. */
const latestAheadMs = 86_400_000;

interface State {
  lines: number;
}

/** Cuts a body of newline-delimited JSON into pages. Blank lines say nothing; the others are counted as they stand in the body, from 1. */
export async function* pushedPages(body: AsyncIterable<Buffer>, from: Cursor | null, now: Date): AsyncGenerator<Page> {
  const before = (from?.state as unknown as State | undefined)?.lines ?? 0;
  let line = 0;
  let records: Page['records'] = [];
  let characters = 0;
  const page = (done: boolean): Page => ({ records, next: { v: 1, state: { lines: before + line } }, done, sourceNow: null });
  for await (const block of lineBlocks(body, 'utf-8')) {
    if (!('text' in block)) {
      line += 1;
      records.push(unreadable(line, 'line_too_long', `The line has ${block.bytes} bytes; a line is one event.`, block.oversize));
      continue;
    }
    const broken = new Map(block.broken.map(({ line: index, bytes }) => [index, bytes]));
    const lines = block.text.split('\n');
    // What follows the last line break is the next block's.
    if (lines.at(-1) === '') lines.pop();
    for (const [index, text] of lines.entries()) {
      line += 1;
      const bytes = broken.get(index);
      if (bytes) records.push(unreadable(line, 'not_utf8', 'The line is not UTF-8.', bytes));
      else if (text.trim() !== '') records.push(recordOf(text, line, now));
      characters += text.length;
      if (records.length < linesPerPage && characters < charactersPerPage) continue;
      yield page(false);
      records = [];
      characters = 0;
    }
  }
  yield page(true);
}

function recordOf(text: string, line: number, now: Date): Page['records'][number] {
  const raw = Buffer.from(text.slice(0, 64 * 1024));
  let payload: Json;
  try {
    payload = JSON.parse(text) as Json;
  } catch (error) {
    return unreadable(line, 'not_json', `The line is not JSON: ${reasonOf(error)}.`, raw);
  }
  if (payload === null || typeof payload !== 'object' || Array.isArray(payload)) {
    return unreadable(line, 'not_an_object', 'The line is JSON, but not an object: write one event as {"id": …}.', raw);
  }
  const { id, at, deleted } = payload;
  if (typeof id !== 'string' || id === '')
    return unreadable(line, 'no_event_id', 'The line has no "id": a text that is the same whenever this event is sent.', raw);
  if (typeof at === 'string' && Date.parse(at) > now.getTime() + latestAheadMs)
    return unreadable(line, 'in_future', `"at" is ${at.slice(0, 40)}, more than a day ahead of the clock here.`, raw);
  return { externalId: id, payload, op: deleted === true ? 'delete' : 'upsert', position: `line ${line}` };
}

function unreadable(line: number, code: string, reason: string, raw: Uint8Array): Page['records'][number] {
  return { unreadable: { code, reason, position: `line ${line}`, raw } };
}

import { createHash } from 'node:crypto';
import { parse, SqlError } from 'libpg-query';

/** What stands for a text in the audit log. */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A text of 100,000 characters would take the server a second and hundreds of megabytes; a person's query has a few thousand. */
const mostRead = 20_000;

/** In the place of names that were not looked for. */
export const unread = '(not read)';

/**
 * Names of what the text reads from, as written, each once; of a text that is no SQL: none; of one too long or too deep: `unread`. For the
 * audit log alone: it decides nothing.
 */
export async function relationsOf(text: string): Promise<string[]> {
  if (text.length > mostRead) return [unread];
  const names = new Set<string>();
  try {
    collect(await parse(text), names);
  } catch (error) {
    // The server says what is wrong with a text that is no SQL.
    return error instanceof SqlError ? [] : [unread];
  }
  return [...names].sort();
}

function collect(node: unknown, names: Set<string>): void {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'RangeVar') {
      const { schemaname, relname } = value as { schemaname?: string; relname?: string };
      names.add([schemaname, relname].filter((part) => part !== undefined).join('.'));
    } else collect(value, names);
  }
}

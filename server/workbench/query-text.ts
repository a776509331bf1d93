import { createHash } from 'node:crypto';
import { parse } from 'libpg-query';

/** What stands for a text in the audit log. */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Names of what the text reads from, as written, each once; of a text that is no SQL: none. For the audit log alone: it decides nothing. */
export async function relationsOf(text: string): Promise<string[]> {
  const names = new Set<string>();
  try {
    collect(await parse(text), names);
  } catch {
    // The server says what is wrong with it.
    return [];
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

import { SourceError } from '../../connector.js';
import { openSourceFile, type SourceFile } from '../../files/source-file.js';
import { utf8Text } from '../../files/utf8-text.js';
import { JsonElements } from './json-elements.js';
import { XmlElements } from './xml-elements.js';

/** One object or event as it stands in the log. `broken`: why it is not readable at all. */
export interface LogElement {
  kind: 'object' | 'event';
  line: number;
  value: unknown;
  broken: string | null;
  /** Its text, as far as it is kept where it cannot be read. */
  raw: string;
}

export interface ElementReader {
  /** The elements that ended within this text. */
  push(text: string): LogElement[];
  end(): LogElement[];
}

/** Opens a log in JSON or XML, plain or gzip, and yields its elements in file order as they end. */
export async function openLog(path: string, signal: AbortSignal): Promise<{ file: SourceFile; elements: AsyncIterable<LogElement[]> }> {
  const file = await openSourceFile(path, signal);
  return { file, elements: elementsOf(file) };
}

async function* elementsOf(file: SourceFile): AsyncGenerator<LogElement[]> {
  let reader: ElementReader | null = null;
  for await (const text of utf8Text(file)) {
    reader ??= readerFor(text, file.name);
    const elements = reader?.push(text) ?? [];
    if (elements.length > 0) yield elements;
  }
  const last = (reader ?? new JsonElements(file.name)).end();
  if (last.length > 0) yield last;
}

/** Null for blanks alone. */
function readerFor(text: string, name: string): ElementReader | null {
  const first = text.trimStart()[0];
  if (first === undefined) return null;
  if (first === '{') return new JsonElements(name);
  if (first === '<') return new XmlElements(name);
  throw new SourceError(`${name} begins with "${first}": OCEL 2.0 is JSON or XML; a .sqlite log is exported to one of them first.`);
}

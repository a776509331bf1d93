import { SourceError } from '../../connector.js';
import { openSourceFile, type SourceFile } from '../../files/source-file.js';
import { utf8Text } from '../../files/utf8-text.js';
import { JsonElements } from './json-elements.js';
import { XmlElements } from './xml-elements.js';
import type { ElementReader, LogElement } from './log-element.js';

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

import { SaxesParser } from 'saxes';
import { SourceError } from '../connector.js';

/** A parser that reads XML piece by piece and refuses what could harm: no document type, hence no entities, and no encoding but UTF-8. */
export function guardedXml(name: string): { parser: SaxesParser; failure: (what: string) => SourceError } {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const failure = (what: string) => new SourceError(`${name} line ${parser.line} ${what}.`);
  parser.on('error', (error) => {
    throw failure(`is not well-formed XML: ${error.message.replace(/^\d+:\d+: /, '')}`);
  });
  parser.on('xmldecl', (declaration) => {
    const encoding = declaration.encoding?.toLowerCase() ?? 'utf-8';
    if (encoding !== 'utf-8' && encoding !== 'us-ascii') throw failure(`is in ${encoding}; save it as UTF-8`);
  });
  parser.on('doctype', () => {
    throw failure('declares a document type; such a file can define entities and is refused. Remove the <!DOCTYPE …> part');
  });
  return { parser, failure };
}

/** Nesting and length of markup beyond which a file is not what it says it is. */
export const deepestXml = 32;
export const longestXmlMarkup = 8 * 1024 ** 2;

import type { SaxesTagPlain } from 'saxes';
import { deepestXml, guardedXml, longestXmlMarkup } from '../../files/xml-guard.js';
import type { LogElement, ElementReader } from './log-element.js';

const mostParts = 100_000;
const mostCharacters = 32 * 1024 ** 2;

interface Growing {
  kind: 'object' | 'event';
  line: number;
  id?: string | undefined;
  type?: string | undefined;
  time?: string | undefined;
  attributes: { name?: string | undefined; time?: string | undefined; value: string }[];
  relationships: { objectId?: string | undefined; qualifier?: string | undefined }[];
}

/** Reads OCEL 2.0 in XML piece by piece, into elements of the same form as those of JSON. */
export class XmlElements implements ElementReader {
  private readonly parser;
  private readonly failure;
  private found: LogElement[] = [];
  private path: string[] = [];
  private growing: Growing | null = null;
  private parts = 0;
  private characters = 0;
  private unmarked = 0;

  constructor(name: string) {
    ({ parser: this.parser, failure: this.failure } = guardedXml(name));
    this.parser.on('opentag', (tag) => this.open(tag));
    this.parser.on('closetag', () => this.close());
    for (const event of ['text', 'cdata'] as const) this.parser.on(event, (text) => this.say(text));
  }

  push(text: string): LogElement[] {
    this.unmarked += text.length;
    this.parser.write(text);
    if (this.unmarked > longestXmlMarkup) throw this.failure('has an element of more than 8 MB');
    return this.take();
  }

  end(): LogElement[] {
    if (this.path.length > 0) throw this.failure('is cut off: the log is not closed. Copy or export it again');
    this.parser.close();
    return this.take();
  }

  private open({ name, attributes }: SaxesTagPlain): void {
    this.unmarked = 0;
    const place = this.path.join('/');
    if (place === '' && name !== 'log') throw this.failure(`is no OCEL 2.0 log: its first element is <${name}>, not <log>`);
    if (name === 'trace') throw this.failure('is XES, not OCEL: import it as a .xes file');
    if (this.path.length >= deepestXml) throw this.failure(`nests deeper than ${deepestXml} elements`);
    this.path.push(name);
    const { id, type, time } = attributes;
    if (place === 'log/objects' && name === 'object')
      this.begin({ kind: 'object', line: this.parser.line, id, type, attributes: [], relationships: [] });
    else if (place === 'log/events' && name === 'event')
      this.begin({ kind: 'event', line: this.parser.line, id, type, time, attributes: [], relationships: [] });
    else if (name === 'attribute') this.growing?.attributes.push({ name: attributes['name'], time, value: '' });
    else if (name === 'relationship')
      this.growing?.relationships.push({ objectId: attributes['object-id'], qualifier: attributes['qualifier'] });
    this.parts += 1;
    if (this.growing && this.parts > mostParts) throw this.failure(`has more than ${mostParts} parts in one <${this.growing.kind}>`);
  }

  private begin(growing: Growing): void {
    this.growing = growing;
    this.parts = 0;
    this.characters = 0;
  }

  private say(text: string): void {
    if (!this.growing || this.path.at(-1) !== 'attribute') return;
    this.characters += text.length;
    if (this.characters > mostCharacters) throw this.failure(`has more than 32 MB in one <${this.growing.kind}>`);
    const attribute = this.growing.attributes.at(-1);
    if (attribute) attribute.value += text;
  }

  private close(): void {
    this.unmarked = 0;
    this.path.pop();
    if (!this.growing || this.path.length !== 2) return;
    const { kind, line, ...value } = this.growing;
    this.growing = null;
    this.found.push({ kind, line, value, broken: null, raw: JSON.stringify(value).slice(0, 64 * 1024) });
  }

  private take(): LogElement[] {
    const { found } = this;
    this.found = [];
    return found;
  }
}

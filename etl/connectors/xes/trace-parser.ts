import type { SaxesTagPlain } from 'saxes';
import { deepestXml, guardedXml, longestXmlMarkup } from '../../files/xml-guard.js';
import type { TracePayload } from './payload.js';

export interface ParsedTrace extends TracePayload {
  line: number;
  /** Why the trace cannot be kept, where it cannot. */
  oversize: string | null;
}

const mostEvents = 50_000;
const mostCharacters = 32 * 1024 ** 2;
const valueElements = new Set(['string', 'date', 'int', 'float', 'boolean', 'id', 'list', 'container']);

/** Reads XES piece by piece; depth, sizes and counts are bounded. */
export class TraceParser {
  private readonly parser;
  private readonly failure;
  private finished: ParsedTrace[] = [];
  private path: { element: string; key: string | null }[] = [];
  private trace: ParsedTrace | null = null;
  private characters = 0;
  private unmarked = 0;

  constructor(name: string) {
    ({ parser: this.parser, failure: this.failure } = guardedXml(name));
    this.parser.on('opentag', (tag) => this.open(tag));
    this.parser.on('closetag', () => this.close());
  }

  /** The traces that ended within this text. */
  push(text: string): ParsedTrace[] {
    this.unmarked += text.length;
    this.parser.write(text);
    if (this.unmarked > longestXmlMarkup) throw this.failure('has an element of more than 8 MB');
    return this.take();
  }

  end(): ParsedTrace[] {
    if (this.path.length > 0) throw this.failure('is cut off: the log is not closed. Copy or export it again');
    this.parser.close();
    return this.take();
  }

  private open(tag: SaxesTagPlain): void {
    this.unmarked = 0;
    const element = tag.name.slice(tag.name.indexOf(':') + 1);
    const [parent] = this.path.slice(-1);
    if (!parent && element !== 'log') throw this.failure(`is not an XES log: its first element is <${tag.name}>, not <log>`);
    if (this.path.length >= deepestXml) throw this.failure(`nests deeper than ${deepestXml} elements`);
    const { key, value } = tag.attributes;
    if (element === 'trace') {
      this.trace = { line: this.parser.line, trace: {}, events: [], oversize: null };
      this.characters = 0;
    } else if (element === 'event' && this.trace) this.openEvent(this.trace);
    else if (this.trace && valueElements.has(element) && key !== undefined && value !== undefined) this.keep(this.trace, key, value);
    this.path.push({ element, key: valueElements.has(element) ? (key ?? null) : null });
  }

  private openEvent(trace: ParsedTrace): void {
    if (trace.events.length >= mostEvents) trace.oversize = `The trace has more than ${mostEvents} events; split it.`;
    else trace.events.push({});
  }

  private keep(trace: ParsedTrace, key: string, value: string): void {
    this.characters += key.length + value.length;
    if (this.characters > mostCharacters) trace.oversize = 'The trace holds more than 32 MB.';
    if (trace.oversize !== null) return;
    const isOfEvent = this.path.some(({ element }) => element === 'event');
    const outer = this.path.flatMap((place) => place.key ?? []);
    const target = isOfEvent ? trace.events.at(-1) : trace.trace;
    if (target) target[[...outer, key].join('/')] = value;
  }

  private close(): void {
    this.unmarked = 0;
    const closed = this.path.pop();
    if (closed?.element !== 'trace' || !this.trace) return;
    this.finished.push(this.trace);
    this.trace = null;
  }

  private take(): ParsedTrace[] {
    const { finished } = this;
    this.finished = [];
    return finished;
  }
}

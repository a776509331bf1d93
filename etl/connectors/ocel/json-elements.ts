import { SourceError } from '../../connector.js';
import { reasonOf } from '../../error-code.js';
import type { LogElement, ElementReader } from './log-element.js';

const longestElement = 32 * 1024 ** 2;
const quote = 0x22;
const backslash = 0x5c;
const newline = 0x0a;

/** Cuts the elements out of the lists `objects` and `events` of a JSON document, without holding the document. */
export class JsonElements implements ElementReader {
  private text = '';
  private at = 0;
  private line = 1;
  private depth = 0;
  private isInString = false;
  private isEscaped = false;
  private keyStart = -1;
  private isKeyNext = true;
  private key = '';
  private elementStart = -1;
  private elementLine = 0;
  private isInList = false;
  private isStarted = false;
  private found: LogElement[] = [];

  constructor(private readonly name: string) {}

  push(text: string): LogElement[] {
    this.text += text;
    for (; this.at < this.text.length; this.at += 1) this.step(this.text.charCodeAt(this.at));
    const kept = this.elementStart >= 0 ? this.elementStart : this.keyStart >= 0 ? this.keyStart : this.at;
    this.text = this.text.slice(kept);
    this.at -= kept;
    if (this.elementStart >= 0) this.elementStart -= kept;
    if (this.keyStart >= 0) this.keyStart -= kept;
    if (this.text.length > longestElement)
      throw this.failure(`holds an element of more than 32 MB that begins at line ${this.elementLine}`);
    const { found } = this;
    this.found = [];
    return found;
  }

  end(): LogElement[] {
    if (!this.isStarted || this.depth > 0) throw this.failure('is cut off: the document is not closed. Copy or export it again');
    return [];
  }

  private step(code: number): void {
    if (code === newline) this.line += 1;
    if (this.isInString) return this.stepInString(code);
    switch (String.fromCharCode(code)) {
      case '"':
        this.isInString = true;
        if (this.depth === 1 && this.isKeyNext) this.keyStart = this.at;
        this.beginElement();
        return;
      case '{':
      case '[':
        return this.open(code);
      case '}':
      case ']':
        return this.close();
      case ',':
        if (this.depth === 1) this.isKeyNext = true;
        if (this.depth === 2) this.endElement(this.at);
        return;
      case ' ':
      case '\t':
      case '\r':
      case '\n':
        return;
      case ':':
        if (this.depth === 1) this.isKeyNext = false;
        return;
      default:
        this.beginElement();
    }
  }

  private stepInString(code: number): void {
    if (this.isEscaped) this.isEscaped = false;
    else if (code === backslash) this.isEscaped = true;
    else if (code === quote) {
      this.isInString = false;
      if (this.keyStart < 0) return;
      this.key = this.text.slice(this.keyStart + 1, this.at);
      this.keyStart = -1;
      if (this.key.startsWith('ocel:')) throw this.failure(`is OCEL 1.0 ("${this.key}"); export the log as OCEL 2.0`);
    }
  }

  private open(code: number): void {
    if (this.depth === 0 && (this.isStarted || code !== 0x7b)) throw this.failure('is no OCEL 2.0 log: one JSON object is expected');
    this.isStarted = true;
    this.beginElement();
    if (this.depth === 1 && code === 0x5b) this.isInList = this.key === 'objects' || this.key === 'events';
    this.depth += 1;
  }

  private close(): void {
    this.depth -= 1;
    if (this.depth < 0) throw this.failure('is not JSON: a bracket is closed that was never opened');
    if (this.depth === 2) this.endElement(this.at + 1);
    if (this.depth === 1) {
      this.endElement(this.at);
      this.isInList = false;
    }
  }

  private beginElement(): void {
    if (!this.isInList || this.depth !== 2 || this.elementStart >= 0) return;
    this.elementStart = this.at;
    this.elementLine = this.line;
  }

  private endElement(to: number): void {
    if (this.elementStart < 0) return;
    const text = this.text.slice(this.elementStart, to);
    this.elementStart = -1;
    this.found.push({ kind: this.key === 'objects' ? 'object' : 'event', line: this.elementLine, ...parsed(text) });
  }

  private failure(what: string): SourceError {
    return new SourceError(`${this.name} line ${this.line} ${what}.`);
  }
}

function parsed(text: string): Pick<LogElement, 'value' | 'broken' | 'raw'> {
  const raw = text.slice(0, 64 * 1024);
  try {
    return { value: JSON.parse(text) as unknown, broken: null, raw };
  } catch (error) {
    return { value: null, broken: reasonOf(error), raw };
  }
}

/** One record of a table as it stands in the file, or the line that could not be read. Lines are counted from 1. */
export type ScannedRecord = { line: number; cells: string[] } | { line: number; broken: { code: string; reason: string; raw: Buffer } };

const longestRecord = 4 * 1024 ** 2;
const longestCell = 1024 ** 2;

/**
 * RFC 4180 with two differences: a quote inside an unquoted cell is text, and after a broken record reading goes on at
 * the very next line, so that a missing quote costs one line and not the rest of the file.
 */
export class CsvScanner {
  private pending = '';
  private line = 1;
  private readonly brokenLines = new Map<number, Buffer>();

  constructor(
    private readonly delimiter: string,
    private readonly quote: string,
  ) {}

  /** Whole lines; `broken` names those that are not text, counted from 0 within `text`. */
  *push(text: string, broken: readonly { line: number; bytes: Buffer }[] = []): Generator<ScannedRecord> {
    const first = this.line + countNewlines(this.pending, 0, this.pending.length);
    for (const { line, bytes } of broken) this.brokenLines.set(first + line, bytes);
    yield* this.scan(this.pending + text, false);
  }

  /** A line that was too long to be kept. */
  *oversize(head: Buffer, bytes: number): Generator<ScannedRecord> {
    yield* this.end();
    yield {
      line: this.line,
      broken: { code: 'line_too_long', reason: `The line has ${bytes} bytes; is a line break or a quote missing?`, raw: head },
    };
    this.line += 1;
  }

  *end(): Generator<ScannedRecord> {
    yield* this.scan(this.pending, true);
  }

  private *scan(text: string, isEnd: boolean): Generator<ScannedRecord> {
    let start = 0;
    let nextQuote = text.indexOf(this.quote);
    while (start < text.length) {
      const newline = text.indexOf('\n', start);
      if (newline === -1 && !isEnd) break;
      const lineEnd = newline === -1 ? text.length : newline;
      if (nextQuote !== -1 && nextQuote < start) nextQuote = text.indexOf(this.quote, start);
      const line = this.line;
      if (nextQuote === -1 || nextQuote > lineEnd) {
        const end = text[lineEnd - 1] === '\r' && lineEnd > start ? lineEnd - 1 : lineEnd;
        if (end > start) yield this.checked(line, line, text.slice(start, end).split(this.delimiter), text.slice(start, end));
        start = lineEnd + 1;
        this.line += 1;
        continue;
      }
      const quoted = this.scanQuoted(text, start, isEnd);
      if (quoted === 'unfinished' && !isEnd && text.length - start <= longestRecord) break;
      if (typeof quoted === 'string') {
        yield { line, broken: { code: 'broken_quote', reason: quoteReasons[quoted], raw: this.rawLine(line, text.slice(start, lineEnd)) } };
        start = lineEnd + 1;
        this.line += 1;
        continue;
      }
      const lines = countNewlines(text, start, quoted.end);
      yield this.checked(line, line + lines, quoted.cells, text.slice(start, quoted.end));
      start = quoted.end + 1;
      this.line += lines + 1;
    }
    this.pending = start < text.length ? text.slice(start) : '';
  }

  /** `end`: the line break after the record, or the end of the text. */
  private scanQuoted(text: string, from: number, isEnd: boolean): { cells: string[]; end: number } | 'unfinished' | 'text_after_quote' {
    const cells: string[] = [];
    for (let at = from; ;) {
      if (text[at] !== this.quote) {
        const delimiter = text.indexOf(this.delimiter, at);
        const newline = text.indexOf('\n', at);
        const lineEnd = newline === -1 ? text.length : newline;
        if (delimiter !== -1 && delimiter < lineEnd) {
          cells.push(text.slice(at, delimiter));
          at = delimiter + 1;
          continue;
        }
        if (newline === -1 && !isEnd) return 'unfinished';
        cells.push(text.slice(at, text[lineEnd - 1] === '\r' && lineEnd > at ? lineEnd - 1 : lineEnd));
        return { cells, end: lineEnd };
      }
      const cell = this.quotedCell(text, at + 1);
      if (cell === null || (cell.after >= text.length && !isEnd)) return 'unfinished';
      cells.push(cell.value);
      if (text[cell.after] === this.delimiter) {
        at = cell.after + 1;
        continue;
      }
      const end = text[cell.after] === '\r' ? cell.after + 1 : cell.after;
      if (end < text.length && text[end] !== '\n') return 'text_after_quote';
      return { cells, end };
    }
  }

  private quotedCell(text: string, from: number): { value: string; after: number } | null {
    let value = '';
    for (let at = from; ;) {
      const quote = text.indexOf(this.quote, at);
      if (quote === -1) return null;
      if (text[quote + 1] !== this.quote) return { value: value + text.slice(at, quote), after: quote + 1 };
      value += text.slice(at, quote + 1);
      at = quote + 2;
    }
  }

  private checked(line: number, lastLine: number, cells: string[], text: string): ScannedRecord {
    for (let number = line; this.brokenLines.size > 0 && number <= lastLine; number += 1) {
      if (this.brokenLines.has(number)) {
        return {
          line,
          broken: {
            code: 'not_utf8',
            reason: `Line ${number} is not UTF-8; save the file as UTF-8 or name its encoding in the mapping.`,
            raw: this.rawLine(number, text),
          },
        };
      }
    }
    if (text.length > longestCell) {
      const longest = cells.findIndex((cell) => cell.length > longestCell);
      if (longest !== -1) {
        const reason = `Cell ${longest + 1} has ${cells[longest]?.length} characters; the limit is ${longestCell}.`;
        return { line, broken: { code: 'cell_too_long', reason, raw: Buffer.from(text.slice(0, 64 * 1024)) } };
      }
    }
    return { line, cells };
  }

  private rawLine(line: number, text: string): Buffer {
    const bytes = this.brokenLines.get(line);
    this.brokenLines.delete(line);
    return bytes ?? Buffer.from(text.slice(0, 64 * 1024));
  }
}

const quoteReasons = {
  unfinished: 'A quote is opened and never closed.',
  text_after_quote: 'A quoted cell is followed by text before the next delimiter; quotes inside it must be doubled.',
};

function countNewlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

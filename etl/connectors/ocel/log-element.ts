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

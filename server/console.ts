import { redacted } from './redact.js';

/** Facts beside a line: numbers and short words, never texts of tickets. */
export type LogFields = Record<string, string | number | boolean | null>;

let isJson = false;

/** `json`: one object a line, for programs that collect logs; `text`: for people. Chosen once, at the start. */
export function chooseLog(format: 'json' | 'text'): void {
  isJson = format === 'json';
}

/**
 * One line to the log, on standard error, with the time. The only place of the server that writes there, besides the start. Secrets are
 * taken out, and line breaks are written as `\n`.
 */
export function log(line: string, fields: LogFields = {}): void {
  process.stderr.write(isJson ? jsonLine(line, fields) : `${new Date().toISOString()} ${redacted(line)}\n`);
}

/** What a program that collects logs wants of every request, and a person at a terminal of none. */
export function logForPrograms(line: string, fields: LogFields): void {
  if (isJson) log(line, fields);
}

/** A line on standard output, as it is; for a program, as an object. */
export function announce(line: string): void {
  process.stdout.write(isJson ? jsonLine(line, {}) : `${line}\n`);
}

/**
 * A line with a secret in it, for the person who started this. A log that programs collect is for others too: there stands the other line.
 */
export function announceToPerson(line: string, forPrograms: string): void {
  process.stdout.write(isJson ? jsonLine(forPrograms, {}) : `${line}\n`);
}

function jsonLine(line: string, fields: LogFields): string {
  const told = Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? redacted(value) : value]);
  return `${JSON.stringify({ at: new Date().toISOString(), message: redacted(line), ...Object.fromEntries(told) })}\n`;
}

/** Takes one step of the start and tells about it: a label before, a word after. */
export type Step = <T>(label: string, work: () => Promise<T>, outcome: (result: T) => string) => Promise<T>;

/** The start as a reader sees it: one line a step, with what came of it and the seconds it took. */
export function startSteps(out: NodeJS.WritableStream): Step {
  return async (label, work, outcome) => {
    const startedAt = performance.now();
    const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
    if (!isJson) out.write(`  ${label.padEnd(9)} … `);
    try {
      const result = await work();
      out.write(isJson ? jsonLine(outcome(result), { step: label, seconds: Number(seconds()) }) : `${outcome(result)} (${seconds()} s)\n`);
      return result;
    } catch (error) {
      out.write(isJson ? jsonLine('failed', { step: label, seconds: Number(seconds()) }) : 'failed\n');
      throw error;
    }
  };
}

/** Commands open the database without a word. */
export const silentStep: Step = (_label, work) => work();

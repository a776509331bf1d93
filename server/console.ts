import type { Step } from './database/open.js';

/** One line to the log, on standard error, with the time. The only place of the server that writes there, besides the start. */
export function log(line: string): void {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
}

/** The start as a reader sees it: one line a step, with what came of it and the seconds it took. */
export function startSteps(out: NodeJS.WritableStream): Step {
  return async (label, work, outcome) => {
    const startedAt = performance.now();
    out.write(`  ${label.padEnd(9)} … `);
    try {
      const result = await work();
      out.write(`${outcome(result)} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)\n`);
      return result;
    } catch (error) {
      out.write('failed\n');
      throw error;
    }
  };
}

/** Commands open the database without a word. */
export const silentStep: Step = (_label, work) => work();

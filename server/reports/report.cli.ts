import { rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { locales, type Locale } from '#dashboards/i18n/messages.js';
import type { WithContext } from '../cli-context.js';
import { askedOfSpan } from '../dashboards/asked.js';
import { askEngine } from '../dashboards/ask-engine.js';
import { knownBoards } from '../dashboards/known-boards.js';
import { isDate, type Question } from '../dashboards/question.js';
import { Refusal } from '../dashboards/refusal.js';
import { readConnections, readDataSpan } from '../dashboards/state.js';
import { buildReport } from './build-report.js';
import { renderPdf } from './render-pdf.js';

interface ReportOptions {
  out: string;
  lang: Locale;
  from?: string;
  to?: string;
  connection?: string;
}

/** `throughline report`. */
export function registerReportCommand(program: Command, run: WithContext): void {
  program
    .command('report')
    .description('print the summary of a period as PDF: the boards, their charts, what changed')
    .requiredOption('--out <file>', 'the PDF to write')
    .addOption(new Option('--lang <language>', 'language of the report').choices([...locales]).default('en'))
    .option('--from <date>', 'first local day, such as 2026-03-02; default: 26 complete weeks up to the end of the data')
    .option('--to <date>', 'first local day left out')
    .option('--connection <name>', 'only items of this connection')
    .action(async (options: ReportOptions) => {
      await run(async ({ pool, config, engine, note }) => {
        const question = reportQuestion(options);
        const connections = await readConnections(pool);
        const known = connections.map(({ name }) => name);
        if (options.connection !== undefined && !known.includes(options.connection)) {
          throw new Refusal(`Unknown connection "${options.connection}"; known: ${known.join(', ') || 'none'}.`);
        }
        const window = askedOfSpan(question, await readDataSpan(pool, options.connection));
        const pdf = await renderPdf(
          await buildReport(knownBoards(config.boardsDirectory), askEngine(await engine(), pool), question, window, connections),
        );
        await writeWhole(resolve(options.out), pdf);
        note(`${options.out}: ${window.from} to ${window.to} (exclusive), ${pdf.byteLength} bytes`);
      });
    });
}

function reportQuestion(options: ReportOptions): Question {
  for (const name of ['from', 'to'] as const) {
    const value = options[name];
    if (value !== undefined && !isDate(value)) throw new Refusal(`--${name} "${value}" is not a date such as 2026-03-02.`);
  }
  return {
    from: options.from ?? null,
    to: options.to ?? null,
    grain: null,
    by: null,
    filters: options.connection === undefined ? {} : { connection: [options.connection] },
    locale: options.lang,
    theme: 'light',
    unknownParameters: [],
  };
}

/** Under another name until it is whole. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  try {
    await writeFile(partial, bytes);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw new Refusal(
      `Cannot write ${path}: ${error instanceof Error ? error.message : String(error)}. Give --out a file in a directory you may write to.`,
    );
  }
}

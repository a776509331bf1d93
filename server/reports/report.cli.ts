import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { locales, type Locale } from '#dashboards/i18n/messages.js';
import { reasonOf } from '#etl/error-code.js';
import type { ReportListed, ReportSpec } from '../api.js';
import { alignedLines } from '../command-line/aligned-lines.js';
import type { CliContext, WithContext } from '../command-line/cli-context.js';
import { readDay, readFilters, several } from '../command-line/options.js';
import { readConnections } from '../connections/connection-states.js';
import { knownBoards } from '../dashboards/known-boards.js';
import { periodWords } from '../metrics/periods.js';
import { Refusal } from '../refusal.js';
import { wholeFile } from '../whole-file.js';
import { registerBrandCommand } from './brand.cli.js';
import { listReports, readReportFile } from './kept-reports.js';
import { makeReport } from './make-report.js';
import { commandContext } from './command-context.js';
import { ReportSpecBody } from './report-spec.js';

interface ReportOptions {
  out?: string;
  html?: string;
  lang: Locale;
  paper: 'a4' | 'letter';
  board: string[];
  period?: (typeof periodWords)[number];
  from?: string;
  to?: string;
  connection?: string;
  filter: string[];
}

/** `throughline report`, `report list`, `report get` and `report brand`. */
export function registerReportCommand(program: Command, run: WithContext): void {
  const report = program
    .command('report')
    .description('make the summary of a period: what changed, why and what to do on two pages, then a page for each board')
    .option('--out <file>', 'the PDF to write')
    .option('--html <file>', 'the same as the HTML of a mail')
    .addOption(new Option('--lang <language>', 'language of the report').choices([...locales]).default('en'))
    .addOption(new Option('--paper <size>', 'size of its pages').choices(['a4', 'letter']).default('a4'))
    .option('--board <id>', 'a board that gets a page; may be repeated; "none" for the summary alone; default: all', several, [])
    .addOption(new Option('--period <words>', 'period in words; default: 26 complete weeks up to the end of the data').choices(periodWords))
    .option('--from <date>', 'first local day, such as 2026-03-02, with --to')
    .option('--to <date>', 'first local day left out')
    .option('--connection <name>', 'only items of this connection')
    .option('--filter <dimension=value>', 'only these; may be repeated', several, [])
    .action((options: ReportOptions) => run((context) => makeFiles(context, options)));
  report
    .command('list')
    .description('summaries that were made and are kept, the latest first')
    .option('--json', 'print one JSON object')
    .action((options: { json?: boolean }) =>
      run(async ({ pool, print }) => {
        const kept = await listReports(pool, 50);
        print(options.json ? kept : kept.total === 0 ? 'No summary was made yet.' : alignedLines(listColumns, kept.reports).join('\n'));
      }),
    );
  report
    .command('get <id>')
    .description('write a kept summary as it was made')
    .option('--out <file>', 'the PDF to write')
    .action((id: string, _options: unknown, command: Command) =>
      run(async ({ pool, note }) => {
        // The command above has the same option and takes it.
        const { out } = command.optsWithGlobals<{ out?: string }>();
        if (out === undefined) throw new Refusal('Nothing to write; give --out summary.pdf.');
        const { pdf } = await readReportFile(pool, id);
        await writeWhole(resolve(out), pdf);
        note(`${out}: ${pdf.byteLength} bytes`);
      }),
    );
  registerBrandCommand(report, run);
}

async function makeFiles(command: CliContext, options: ReportOptions): Promise<void> {
  const { pool, config, note } = command;
  const { out, html } = options;
  if (out === undefined && html === undefined) throw new Refusal('Nothing to write; give --out summary.pdf, --html summary.html or both.');
  const boards = knownBoards(config.boardsDirectory);
  const spec = specOf(
    options,
    boards.map(({ id }) => id),
  );
  await checkConnection(pool, options.connection);
  const made = await makeReport(await commandContext(command), spec);
  if (out !== undefined) await writeWhole(resolve(out), made.pdf);
  if (html !== undefined) await writeWhole(resolve(html), Buffer.from(made.html));
  note(
    `${[out, html].filter((file) => file !== undefined).join(', ')}: ${made.subject}, ${made.pdf.byteLength} bytes of PDF, kept as ${made.id}`,
  );
}

const listColumns: readonly (readonly [name: string, cell: (one: ReportListed) => string])[] = [
  ['id', ({ id }) => id],
  ['made', ({ madeAt }) => madeAt.slice(0, 16).replace('T', ' ')],
  ['language', ({ locale }) => locale],
  ['bytes', ({ bytes }) => String(bytes)],
  ['subject', ({ subject }) => subject],
];

/** What the options ask for. Throws a `Refusal`. */
function specOf(options: ReportOptions, boards: readonly string[]): ReportSpec {
  const { from, to, period, board } = options;
  readDay('from', from);
  readDay('to', to);
  if ((from === undefined) !== (to === undefined)) throw new Refusal('Give --from and --to together, or a period in words with --period.');
  if (from !== undefined && period !== undefined) throw new Refusal('Give either --period or --from and --to, not both.');
  if (from !== undefined && to !== undefined && from >= to)
    throw new Refusal(`The window from ${from} to ${to} is empty; --to is the first day left out.`);
  return ReportSpecBody.parse({
    boards: board.length === 0 ? boards : board.filter((id) => id !== 'none'),
    filters: readFilters(options),
    locale: options.lang,
    paper: options.paper,
    period: from === undefined ? (period ?? 'default') : { from, to },
  });
}

async function checkConnection(pool: CliContext['pool'], connection: string | undefined): Promise<void> {
  const known = (await readConnections(pool)).map(({ name }) => name);
  if (connection !== undefined && !known.includes(connection))
    throw new Refusal(`Unknown connection "${connection}"; known: ${known.join(', ') || 'none'}.`);
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await wholeFile(path, (partial) => writeFile(partial, bytes)).catch((error: unknown) => {
    throw new Refusal(`Cannot write ${path}: ${reasonOf(error)}. Give a file in a directory you may write to.`);
  });
}

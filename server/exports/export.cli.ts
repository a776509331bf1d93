import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Option, type Command } from 'commander';
import type { WithContext } from '../command-line/cli-context.js';
import { exportStream, exportToFile } from './export-view.js';
import { viewFormats, type ViewFormat } from './formats.js';
import { findView, listViews } from './view-catalog.js';

interface ExportOptions {
  view?: string;
  format: ViewFormat;
  out?: string;
  raw?: boolean;
  list?: boolean;
  json?: boolean;
}

/** `throughline export`. */
export function registerExportCommand(program: Command, run: WithContext): void {
  program
    .command('export')
    .description('write an analytics view to a file, whole or not at all')
    .option('--view <name>', 'the view to write; --list names them')
    .addOption(new Option('--format <format>', 'kind of file; arrow is an IPC stream').choices([...viewFormats]).default('csv'))
    .option('--out <file>', 'where to; - is standard output')
    .option('--raw', 'CSV: leave cells a spreadsheet would run as formulas as they are')
    .option('--list', 'list the views; with --view, its columns')
    .option('--json', 'with --list: as JSON')
    .addHelpText('after', '\nDurations are whole seconds, instants are UTC. A file gets its name only when it is whole.')
    .action(async (options: ExportOptions, command: Command) => {
      const { view, out } = options;
      if (!options.list && view === undefined)
        command.error('error: --view NAME is missing; throughline export --list names the views', { exitCode: 2 });
      if (!options.list && out === undefined)
        command.error('error: --out FILE is missing; use --out - for standard output', { exitCode: 2 });
      await run(async ({ pool, print, note, signal }) => {
        if (options.list) {
          const views = view === undefined ? await listViews(pool) : [await findView(pool, view)];
          print(options.json ? views : view === undefined ? views.map(viewLine).join('\n') : views.map(columnLines).join('\n'));
          return;
        }
        if (options.raw) note('Cells are as they are: do not open this file in a spreadsheet if others could write into it.');
        const request = { view: view ?? '', format: options.format, isRaw: options.raw ?? false };
        if (out === undefined || out === '-') {
          await pipeline(await exportStream(pool, request), process.stdout, { end: false, signal });
          return;
        }
        const { bytes } = await exportToFile(pool, request, resolve(out), signal);
        note(`${out}: ${bytes} bytes`);
      });
    });
}

function viewLine(view: { name: string; comment: string }): string {
  return `${view.name.padEnd(12)} ${view.comment}`;
}

function columnLines(view: { columns: { name: string; type: string; comment: string }[] }): string {
  const width = Math.max(...view.columns.map((column) => column.name.length));
  return view.columns.map((column) => `${column.name.padEnd(width)}  ${column.type}\n${''.padEnd(width)}  ${column.comment}`).join('\n');
}

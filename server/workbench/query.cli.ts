import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Option, type Command } from 'commander';
import { ownerOfTheMachine } from '../access/principal.js';
import type { WithContext } from '../command-line/cli-context.js';
import { viewFormats, type ViewFormat } from '../exports/formats.js';
import { wholeStream } from '../whole-file.js';
import { closeChildren } from './children.js';
import { QueryExports } from './query-exports.js';
import { openWorkbench } from './workbench-keeper.js';

interface QueryOptions {
  format: ViewFormat;
  out?: string;
  raw?: boolean;
}

/** `throughline query`. */
export function registerQueryCommand(program: Command, run: WithContext): void {
  program
    .command('query <sql>')
    .description('runs a query over the analytics views, with the rights of an analyst, within 10 minutes')
    .addOption(new Option('--format <format>', 'kind of file; arrow is an IPC stream').choices([...viewFormats]).default('csv'))
    .option('--out <file>', 'where to; standard output otherwise')
    .option('--raw', 'CSV: leave cells a spreadsheet would run as formulas as they are')
    .action((sql: string, { format, out, raw }: QueryOptions) =>
      run(async ({ pool, databaseUrl, config, note, signal }) => {
        const exports = new QueryExports(pool, openWorkbench(config, { pool, url: databaseUrl }));
        const asker = { ...ownerOfTheMachine, name: userInfo().username };
        try {
          const stream = await exports.query({ text: sql, parameters: [] }, { asker, address: null, format, isRaw: raw ?? false, signal });
          if (out === undefined || out === '-') {
            await pipeline(stream, process.stdout, { end: false, signal });
            return;
          }
          const remedy = 'Give --out a file in a directory you may write to.';
          const bytes = await wholeStream(resolve(out), { remedy }, async (file) => {
            await pipeline(stream, file, { signal });
            return file.bytesWritten;
          });
          note(`${out}: ${bytes} bytes`);
        } finally {
          await exports.settled();
          closeChildren();
        }
      }),
    );
}

import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { WithContext } from '../command-line/cli-context.js';
import { readConfig } from '../config.js';
import { administer } from '../database/pool.js';
import { takeServerSeat } from '../database/server-seat.js';
import { writeBackup } from './backup.js';
import { restoreBackup } from './restore.js';

/** `throughline backup` and `throughline restore`. */
export function registerBackupCommands(program: Command, run: WithContext): void {
  program
    .command('backup')
    .description('write everything that cannot be derived again to one file; works while the server runs')
    .argument('<file>', 'the file to write, such as throughline.backup')
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', '\nKeys of the vault are not in it: keep secrets.key, or THROUGHLINE_SECRET_KEY, in another place.')
    .action((file: string, { json }: { json?: boolean }) =>
      run(async ({ databaseUrl, signal, note, print }) => {
        const startedAt = performance.now();
        const made = await administer(databaseUrl, (pool) => writeBackup(pool, resolve(file), signal, (table) => note(table)));
        const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
        print(
          json
            ? { file, ...made, seconds }
            : `${file}: ${made.rows} rows of ${made.tables} tables, ${made.bytes} bytes, ${seconds} s. SHA-256 of its text: ${made.sha256}`,
        );
      }),
    );

  program
    .command('restore')
    .description('make the database what a backup says, and derive the facts; the server must be stopped')
    .argument('<file>', 'a file written by throughline backup, by this version or an older one')
    .option('--replace', 'lose what the database holds now')
    .option('--json', 'print the outcome as JSON')
    .action(async (file: string, { json, replace }: { json?: boolean; replace?: boolean }) => {
      const seat = await takeServerSeat(readConfig(process.env).dataDirectory);
      try {
        await run(async ({ databaseUrl, signal, note, print }) => {
          const startedAt = performance.now();
          const { head, ...restored } = await restoreBackup(databaseUrl, resolve(file), {
            isReplacing: replace ?? false,
            signal,
            tell: note,
          });
          const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
          print(
            json
              ? { file, ...head, ...restored, seconds }
              : `${file} of ${head.at}: ${restored.rows} rows of ${restored.tables} tables, ${restored.items} items derived, ${seconds} s. ` +
                  'Tokens of connections open with the key they were sealed with; without it, enter them again.',
          );
        });
      } finally {
        seat.release();
      }
    });
}

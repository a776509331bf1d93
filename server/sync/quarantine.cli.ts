import type { Command } from 'commander';
import { listQuarantine, retryQuarantine } from '#etl/quarantine.js';
import type { WithContext } from '../cli-context.js';
import { deriveFacts } from '../metrics/facts/derive.js';

interface QuarantineOptions {
  connection?: string;
  json?: boolean;
}

/** `throughline quarantine list|retry`. */
export function registerQuarantineCommand(program: Command, run: WithContext): void {
  const quarantine = program.command('quarantine').description('records that could not be read: kept, counted, never dropped');
  quarantine
    .command('list', { isDefault: true })
    .description('list them with place and reason')
    .option('--connection <name>', 'of this connection only')
    .option('--json', 'print them as JSON')
    .action((options: QuarantineOptions) =>
      run(async ({ pool, print }) => {
        const records = await listQuarantine(pool, options.connection === undefined ? {} : { connection: options.connection });
        if (options.json) print(records);
        else if (records.length === 0) print('Nothing is in quarantine.');
        else print(records.map(({ connection, position, code, reason }) => `${connection}, ${position}: ${reason} (${code})`).join('\n'));
      }),
    );
  quarantine
    .command('retry')
    .description('read them again, after the mapping was mended')
    .option('--connection <name>', 'of this connection only')
    .option('--json', 'print the outcome as JSON')
    .action((options: QuarantineOptions) =>
      run(async ({ pool, signal, print }) => {
        const outcome = await retryQuarantine(pool, options.connection === undefined ? {} : { connection: options.connection });
        await deriveFacts(pool, { signal });
        print(options.json ? outcome : `${outcome.resolved} read now, ${outcome.remaining} still in quarantine`);
      }),
    );
}

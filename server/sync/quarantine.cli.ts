import { type Command, InvalidArgumentError } from 'commander';
import { listConnections } from '#etl/connections.js';
import { listQuarantine, retryQuarantine } from '#etl/quarantine.js';
import type { WithContext } from '../cli-context.js';
import { deriveFacts } from '../metrics/facts/derive.js';

interface QuarantineOptions {
  connection?: string;
  limit?: number;
  json?: boolean;
}

/** `throughline quarantine list|retry`. */
export function registerQuarantineCommand(program: Command, run: WithContext): void {
  const quarantine = program.command('quarantine').description('records that could not be read: kept, counted, never dropped');
  quarantine
    .command('list', { isDefault: true })
    .description('list them, oldest first, with place and reason')
    .option('--connection <name>', 'of this connection only')
    .option('--limit <count>', 'at most so many', positiveWhole)
    .option('--json', 'print them as JSON, with the record as it came')
    .action((options: QuarantineOptions) =>
      run(async ({ pool, print }) => {
        const records = await listQuarantine(pool, {
          ...(options.connection === undefined ? {} : { connection: options.connection }),
          ...(options.limit === undefined ? {} : { limit: options.limit }),
        });
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
    .addHelpText('after', '\nExit codes: 0 nothing is left; 1 failed, or some still cannot be read.')
    .action((options: QuarantineOptions) =>
      run(async ({ pool, signal, print, exitWith }) => {
        const names = options.connection === undefined ? (await listConnections(pool)).map(({ name }) => name) : [options.connection];
        const outcomes = [];
        for (const name of names) outcomes.push({ connection: name, ...(await retryQuarantine(pool, name)) });
        await deriveFacts(pool, { signal });
        const lines = outcomes.map(
          ({ connection, tried, loaded, refused, unparsed }) =>
            `${connection}: ${tried} tried, ${loaded} loaded, ${refused} refused again, ${unparsed} to be mended at the source`,
        );
        print(options.json ? outcomes : lines.length === 0 ? 'Nothing is connected yet.' : lines.join('\n'));
        if (outcomes.some(({ refused, unparsed }) => refused + unparsed > 0)) exitWith(1);
      }),
    );
}

function positiveWhole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError(`"${text}" is no whole number from 1.`);
  return value;
}

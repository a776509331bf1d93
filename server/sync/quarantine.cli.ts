import { type Command, InvalidArgumentError } from 'commander';
import { listConnections } from '#etl/connections.js';
import { dismissQuarantine, listQuarantine, retryQuarantine, type Dismissed } from '#etl/quarantine.js';
import type { WithContext } from '../command-line/cli-context.js';
import { deriveFacts } from '../metrics/facts/derive.js';

interface QuarantineOptions {
  connection?: string;
  dismissed?: boolean;
  limit?: number;
  json?: boolean;
}

/** `throughline quarantine list|retry|dismiss`. */
export function registerQuarantineCommand(program: Command, run: WithContext): void {
  const quarantine = program.command('quarantine').description('records that could not be read: kept, counted, never dropped');
  quarantine
    .command('list', { isDefault: true })
    .description('list them, oldest first, with place and reason')
    .option('--connection <name>', 'of this connection only')
    .option('--dismissed', 'those that were dismissed, in place of those that wait')
    .option('--limit <count>', 'at most so many', positiveWhole)
    .option('--json', 'print them as JSON, with the record as it came')
    .action((options: QuarantineOptions) =>
      run(async ({ pool, print }) => {
        const records = await listQuarantine(pool, {
          ...(options.connection === undefined ? {} : { connection: options.connection }),
          isDismissed: options.dismissed ?? false,
          ...(options.limit === undefined ? {} : { limit: options.limit }),
        });
        if (options.json) print(records);
        else if (records.length === 0) print('Nothing is in quarantine.');
        else
          print(
            records.map(({ id, connection, position, code, reason }) => `${connection}, ${position}: ${reason} (${code}) ${id}`).join('\n'),
          );
      }),
    );
  quarantine
    .command('retry')
    .description('read them again, after the mapping was mended')
    .option('--connection <name>', 'of this connection only')
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', '\nExit codes: 0 nothing is left; 1 failed, or some still cannot be read.')
    .action((options: QuarantineOptions) =>
      run(async ({ etlPool: pool, signal, print, exitWith }) => {
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
  quarantine
    .command('dismiss <connection>')
    .description('records that need not be read: one, those of one code, or all; they stay, and are listed apart')
    .option('--id <id>', 'this one', identifier)
    .option('--code <code>', 'those with this code')
    .option('--all', 'all of the connection')
    .option('--json', 'print the outcome as JSON')
    .action((connection: string, options: DismissOptions, command: Command) =>
      run(async ({ etlPool: pool, print }) => {
        const dismissed = await dismissQuarantine(pool, connection, chosen(options, command), new Date());
        print(options.json ? { connection, dismissed } : `${connection}: ${dismissed} dismissed`);
      }),
    );
}

interface DismissOptions {
  id?: string;
  code?: string;
  all?: boolean;
  json?: boolean;
}

function chosen({ id, code, all }: DismissOptions, command: Command): Dismissed {
  const [which, ...others] = [...(id === undefined ? [] : [{ id }]), ...(code === undefined ? [] : [{ code }]), ...(all ? [{ all }] : [])];
  if (!which || others.length > 0) command.error('error: say which: one of --id, --code and --all.', { exitCode: 2 });
  return which;
}

function identifier(text: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text))
    throw new InvalidArgumentError(`"${text}" is no id as throughline quarantine list shows them.`);
  return text;
}

function positiveWhole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError(`"${text}" is no whole number from 1.`);
  return value;
}

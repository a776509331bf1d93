import { type Command, InvalidArgumentError } from 'commander';
import { checkConnection, detachConnection, listConnections, removeConnection } from '#etl/connections.js';
import type { ConnectionDetail } from '../api.js';
import type { CliContext, WithContext } from '../command-line/cli-context.js';
import { deriveFacts } from '../metrics/facts/derive.js';
import { readDetail } from './connection-detail.js';
import { setPaused, setSchedule } from './schedule.js';
import { SourceAccess } from './source-access.js';

interface Printed {
  json?: boolean;
}

/** `throughline connections`, `check`, `pause`, `resume`, `schedule-sync` and `disconnect`. */
export function registerConnectionCommands(program: Command, run: WithContext): void {
  program
    .command('connections')
    .description('what is connected: state, schedule, last runs, next run')
    .option('--json', 'print them as JSON')
    .action((options: Printed) =>
      run(async ({ etlPool: pool, print }) => {
        const all = [];
        for (const { name } of await listConnections(pool)) all.push(await readDetail(pool, name, null));
        print(options.json ? all : all.length === 0 ? 'Nothing is connected yet.' : all.map(connectionLines).join('\n'));
      }),
    );
  program
    .command('check <name>')
    .description('ask the tool of a connection what may be read, without reading it')
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', '\nExit codes: 0 all may be read; 1 something is wrong.')
    .action((name: string, options: Printed) =>
      run(async ({ etlPool: pool, config, print, exitWith }) => {
        const { network, vault } = new SourceAccess(config);
        const found = await checkConnection(pool, name, { network, vault });
        print(options.json ? found : found.findings.join('\n'));
        if (!found.ok) exitWith(1);
      }),
    );
  for (const isPaused of [true, false]) {
    program
      .command(`${isPaused ? 'pause' : 'resume'} <name>`)
      .description(isPaused ? 'read a connection no more by schedule' : 'read a paused connection again')
      .action((name: string) => change(run, name, ({ etlPool: pool }) => setPaused(pool, name, isPaused)));
  }
  program
    .command('every <name> <minutes>')
    .description('how often a connection is read by itself; "never" for only when asked')
    .action((name: string, minutes: string) => change(run, name, ({ etlPool: pool }) => setSchedule(pool, name, secondsOf(minutes))));
  program
    .command('disconnect <name>')
    .description('remove a connection with everything it brought')
    .option('--keep-data', 'forget its secrets and read it no more, but keep what it brought')
    .action((name: string, options: { keepData?: boolean }) =>
      run(async ({ etlPool: pool, signal, print }) => {
        if (options.keepData) {
          await detachConnection(pool, name);
          return print(`${name}: read no more; what it brought stays.`);
        }
        await removeConnection(pool, name);
        await deriveFacts(pool, { signal });
        print(`${name}: removed, with everything it brought.`);
      }),
    );
}

function change(run: WithContext, name: string, set: (context: CliContext) => Promise<void>): Promise<void> {
  return run(async (context) => {
    await readDetail(context.etlPool, name, null);
    await set(context);
    context.print(connectionLines(await readDetail(context.etlPool, name, null)));
  });
}

function connectionLines(connection: ConnectionDetail): string {
  const { name, connector, state, items, asOf, everySeconds, nextSyncAt, failures, lastError, quarantined } = connection;
  const every = everySeconds === null ? 'only when asked' : `every ${everySeconds / 60} min, next ${nextSyncAt ?? 'not planned'}`;
  return [
    `${name} (${connector}, ${state}): ${items} items, ${asOf === null ? 'no complete sync yet' : `data to ${asOf}`}, ${every}`,
    ...(failures === 0 ? [] : [`  failed ${failures} times in a row: ${lastError ?? 'no reason was told'}`]),
    ...(quarantined === 0 ? [] : [`  ${quarantined} records in quarantine`]),
  ].join('\n');
}

function secondsOf(minutes: string): number | null {
  if (minutes === 'never') return null;
  const value = Number(minutes);
  if (!Number.isInteger(value) || value < 1 || value > 1_440) {
    throw new InvalidArgumentError(`"${minutes}" is neither "never" nor a whole number of minutes from 1 to 1440.`);
  }
  return value * 60;
}

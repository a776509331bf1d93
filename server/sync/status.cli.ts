import type { Command } from 'commander';
import type { ConnectionState } from '../api.js';
import type { WithContext } from '../command-line/cli-context.js';
import { readConnections } from '../connections/connection-states.js';
import { isDeriving } from '../metrics/facts/derive.js';

/** `throughline status`. */
export function registerStatusCommand(program: Command, run: WithContext): void {
  program
    .command('status')
    .description('list the connections: how fresh, how much, what could not be read')
    .option('--json', 'print them as JSON')
    .action((options: { json?: boolean }) =>
      run(async ({ pool, print }) => {
        const [connections, deriving] = await Promise.all([readConnections(pool), isDeriving(pool)]);
        if (options.json) print({ isDeriving: deriving, connections });
        else if (connections.length === 0) print('Nothing is connected yet; see throughline import --help.');
        else print([...connections.map(statusLines), ...(deriving ? ['Facts are being derived.'] : [])].join('\n'));
      }),
    );
}

function statusLines(connection: ConnectionState): string {
  const { name, connector, isSample, items, asOf, quarantined, unmappedStatuses, lastRun, stale } = connection;
  return [
    `${name} (${connector}${isSample ? ', sample' : ''}): ${items} items, ${asOf === null ? 'no complete sync yet' : `data to ${asOf}`}`,
    ...(stale === null ? [] : [`  failed ${stale.failures} times in a row: ${stale.error ?? 'its credentials are refused'}`]),
    ...(lastRun && lastRun.state !== 'complete' && stale === null
      ? [`  last run ${lastRun.state}${lastRun.error === null ? '' : `: ${lastRun.error}`}`]
      : []),
    ...(quarantined === 0 ? [] : [`  ${quarantined} records in quarantine: throughline quarantine list --connection "${name}"`]),
    ...(unmappedStatuses.length === 0 ? [] : [`  statuses without a meaning: ${unmappedStatuses.join(', ')}`]),
  ].join('\n');
}

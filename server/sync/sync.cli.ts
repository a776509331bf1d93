import type { Command } from 'commander';
import { listConnections, readFromTheStart } from '#etl/connections.js';
import { syncConnection } from '#etl/sync.js';
import type { WithContext } from '../command-line/cli-context.js';
import { SourceAccess } from '../connections/source-access.js';
import { deriveFacts } from '../metrics/facts/derive.js';
import { ledgerLines } from './ledger.js';
import { progressLine } from './progress.js';

/** `throughline sync`. */
export function registerSyncCommand(program: Command, run: WithContext): void {
  program
    .command('sync [name]')
    .description('read what is new in one connection, or in all')
    .option('--full', 'from the start again; what is unchanged stays as it is')
    .option('--json', 'print the ledgers as JSON')
    .addHelpText('after', '\nExit codes: 0 complete; 1 failed, or a run did not come to its end.')
    .action((name: string | undefined, options: { json?: boolean; full?: boolean }) =>
      run(async ({ etlPool: pool, config, signal, print, note, exitWith }) => {
        const names = name === undefined ? (await listConnections(pool)).map((connection) => connection.name) : [name];
        if (names.length === 0) note('nothing is connected yet; see throughline import --help');
        const { network, vault } = new SourceAccess(config);
        const outcomes = [];
        for (const each of names) {
          const progress = progressLine(process.stderr);
          if (options.full) await readFromTheStart(pool, each);
          const outcome = await syncConnection(pool, each, { signal, vault, network, onProgress: progress.show }).finally(progress.clear);
          outcomes.push(outcome);
          if (outcome.state !== 'complete') exitWith(1);
          if (signal.aborted) break;
        }
        if (!signal.aborted) await deriveFacts(pool, { signal });
        print(options.json ? outcomes : outcomes.map(ledgerLines).join('\n'));
      }),
    );
}

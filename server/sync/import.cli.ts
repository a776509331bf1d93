import { access } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { addConnection } from '#etl/connections.js';
import { mappingSchema as csvMapping } from '#etl/connectors/csv/payload.js';
import { ocelMappingSchema as ocelMapping } from '#etl/connectors/ocel/payload.js';
import { xesMappingSchema as xesMapping } from '#etl/connectors/xes/payload.js';
import { readMapping } from '#etl/files/mapping-file.js';
import { syncConnection } from '#etl/sync.js';
import type { CliContext, WithContext } from '../command-line/cli-context.js';
import { readConnections } from '../connections/connection-states.js';
import { deriveFacts } from '../metrics/facts/derive.js';
import { ledgerLines } from './ledger.js';
import { progressLine } from './progress.js';

interface ImportOptions {
  mapping?: string;
  connection?: string;
  json?: boolean;
}

/** `throughline import`. */
export function registerImportCommand(program: Command, run: WithContext): void {
  program
    .command('import <file>')
    .description('load an event log or item list: CSV, XES or OCEL 2.0, plain or gzip')
    .option('--mapping <file>', 'what the columns mean, see etl/mappings/README.md; XES can do without')
    .option('--connection <name>', "name of the connection; default: the file's name without its ending")
    .option('--json', 'print the outcome as one JSON object')
    .addHelpText(
      'after',
      '\nThe same file again changes nothing; a changed mapping is applied to what was read before.' +
        '\nExit codes: 0 complete; 1 failed or stopped before the end, what was loaded stays; 2 asked wrongly.',
    )
    .action(async (file: string, options: ImportOptions, command: Command) => {
      const connector = connectorFor(file);
      if (connector !== 'xes' && options.mapping === undefined) {
        const what = connector === 'ocel' ? 'which objects are items' : 'what the columns mean';
        command.error(`error: --mapping FILE is missing: it says ${what}, see etl/mappings/README.md`, { exitCode: 2 });
      }
      await run((context) => importFile(context, connector, resolve(file), options));
    });
}

const mappings = { csv: csvMapping, xes: xesMapping, ocel: ocelMapping };

function connectorFor(file: string): keyof typeof mappings {
  if (/\.xes(\.gz)?$/i.test(file)) return 'xes';
  return /\.(jsonocel|xmlocel|json|xml)(\.gz)?$/i.test(file) ? 'ocel' : 'csv';
}

async function importFile(context: CliContext, connector: keyof typeof mappings, file: string, options: ImportOptions): Promise<void> {
  const { etlPool: pool, signal, print, exitWith } = context;
  const startedAt = performance.now();
  await access(file).catch((cause: unknown) => {
    throw new Error(`${file} cannot be read; check the path.`, { cause });
  });
  const mapping = options.mapping === undefined ? undefined : await readMapping(resolve(options.mapping), mappings[connector]);
  const name = options.connection ?? connectionNameOf(file);
  const { change } = await addConnection(pool, { name, connector, config: mapping === undefined ? { file } : { file, mapping } });
  if (change === 'replayed') context.note(`${name}: the mapping has changed; what was read before is mapped anew`);
  const progress = progressLine(process.stderr);
  const outcome = await syncConnection(pool, name, { signal, onProgress: progress.show }).finally(progress.clear);
  if (!signal.aborted) await deriveFacts(pool, { signal });

  const connection = (await readConnections(pool)).find((each) => each.name === name);
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  const unmappedStatuses = connection?.unmappedStatuses ?? [];
  if (options.json) print({ ...outcome, items: connection?.items ?? 0, unmappedStatuses, seconds });
  else {
    print(ledgerLines(outcome));
    if (unmappedStatuses.length > 0)
      print(`  statuses the mapping gives no meaning, counted as waiting with us: ${unmappedStatuses.join(', ')}`);
    print(`  ${connection?.items ?? 0} items, ${seconds} s`);
  }
  if (outcome.state !== 'complete') exitWith(1);
}

/** `logs/tickets.csv.gz` is called `tickets`. */
function connectionNameOf(file: string): string {
  return basename(file)
    .replace(/\.gz$/i, '')
    .replace(/\.\w+$/, '');
}

import type { Command } from 'commander';
import type { WithContext } from '../command-line/cli-context.js';
import { rebuildFacts } from '../metrics/facts/derive.js';

/** `throughline rebuild`. */
export function registerRebuildCommand(program: Command, run: WithContext): void {
  program
    .command('rebuild')
    .description('derive all facts anew from the stories of the items; the numbers stay the same')
    .option('--json', 'print the outcome as JSON')
    .action((options: { json?: boolean }) =>
      run(async ({ etlPool: pool, signal, print }) => {
        const startedAt = performance.now();
        const { items, version } = await rebuildFacts(pool, { signal });
        const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
        print(options.json ? { items, version, seconds } : `${items} items derived anew in ${seconds} s (facts version ${version})`);
      }),
    );
}

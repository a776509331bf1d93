import type { Command } from 'commander';
import type { WithContext } from '../command-line/cli-context.js';
import { deriveFacts } from '../metrics/facts/derive.js';
import { progressLine } from './progress.js';
import { loadSample, removeSample } from './sample.js';

/** `throughline sample load|remove`. */
export function registerSampleCommand(program: Command, run: WithContext): void {
  const sample = program.command('sample').description('the made-up company that shows everything from the first minute');
  sample
    .command('load')
    .description('load it; again changes nothing')
    .option('--json', 'print the outcome as JSON')
    .action((options: { json?: boolean }) =>
      run(async ({ etlPool: pool, signal, print }) => {
        const progress = progressLine(process.stderr);
        const items = await loadSample(pool, { signal, now: new Date(), onProgress: progress.show }).finally(progress.clear);
        await deriveFacts(pool, { signal });
        print(options.json ? { items } : `The sample company is loaded: ${items} items.`);
      }),
    );
  sample
    .command('remove')
    .description('remove it with everything that came from it; your own connections stay')
    .option('--json', 'print the outcome as JSON')
    .action((options: { json?: boolean }) =>
      run(async ({ etlPool: pool, signal, print }) => {
        const removed = await removeSample(pool);
        await deriveFacts(pool, { signal });
        print(options.json ? { removed } : removed.length === 0 ? 'There is no sample data.' : `Removed: ${removed.join(', ')}.`);
      }),
    );
}

import { type Command, InvalidArgumentError } from 'commander';
import { confirmCensus, readHeldCensus, type HeldCensus } from '#etl/held-census.js';
import type { WithContext } from '../command-line/cli-context.js';
import { deriveFacts } from '../metrics/facts/derive.js';

/** `throughline census`. */
export function registerCensusCommand(program: Command, run: WithContext): void {
  program
    .command('census <name>')
    .description('items that a tool lists no more, where they are too many to be believed unasked')
    .option('--confirm <count>', 'they are gone: the number that was shown, so that no other is meant', wholeNumber)
    .option('--json', 'print the outcome as JSON')
    .action((name: string, options: { confirm?: number; json?: boolean }) =>
      run(async ({ etlPool: pool, signal, print }) => {
        if (options.confirm !== undefined) {
          const gone = await confirmCensus(pool, name, options.confirm);
          await deriveFacts(pool, { signal });
          return print(options.json ? { connection: name, gone } : `${name}: ${gone} items are taken as gone; their stories stay.`);
        }
        const held = await readHeldCensus(pool, name);
        print(options.json ? held : held === null ? `${name}: no census waits to be confirmed.` : heldLines(name, held));
      }),
    );
}

function heldLines(name: string, { takenAt, items, missing, examples }: HeldCensus): string {
  return [
    `${name}: ${missing} of ${items} items were not listed at ${takenAt}, so nothing was counted as gone.`,
    ...examples.map(({ externalId, title }) => `  ${externalId}${title === null ? '' : `: ${title}`}`),
    `Look at the rights of the credentials first. If they are gone: throughline census "${name}" --confirm ${missing}`,
  ].join('\n');
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError(`"${text}" is no whole number from 1.`);
  return value;
}

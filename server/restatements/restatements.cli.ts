import { InvalidArgumentError, type Command } from 'commander';
import { formatter } from '#dashboards/format.js';
import { boards } from '#dashboards/boards/index.js';
import type { Restatement } from '../api.js';
import { alignedLines } from '../command-line/aligned-lines.js';
import type { WithContext } from '../command-line/cli-context.js';
import { findMetric } from '../metrics/definitions/index.js';
import { publishWeeks, readRestatements } from './publish.js';

/** `throughline restatements`. */
export function registerRestatementsCommand(program: Command, run: WithContext): void {
  program
    .command('restatements')
    .description('which past weeks say something else than they did, and why; the headline of each board, week by week')
    .option('--limit <n>', 'the latest of them', readLimit, 50)
    .option('--json', 'print one JSON array; durations in seconds, percentages 0 to 100')
    .action((options: { limit: number; json?: boolean }) =>
      run(async ({ pool, engine, print, note }) => {
        const fresh = await publishWeeks(pool, await engine(), new Date());
        if (fresh > 0) note(`${fresh} weeks say something else since this was last looked at`);
        const restatements = await readRestatements(pool, options.limit);
        if (options.json) print(restatements);
        else print(restatements.length === 0 ? 'No past week says anything else than it did.' : restatementLines(restatements).join('\n'));
      }),
    );
}

function restatementLines(restatements: readonly Restatement[]): string[] {
  const format = formatter('en');
  const shown = (metric: string, { value, n }: { value: number | null; n: number }) => {
    const { unit, units = {} } = findMetric(metric);
    const name = boards.map(({ charts }) => charts[0]).find((chart) => chart?.queries[0]?.metric === metric)?.value;
    return `${format.value(value, units[name ?? ''] ?? unit)} (n ${n})`;
  };
  return alignedLines<Restatement>(
    [
      ['restated', ({ restatedAt }) => restatedAt.slice(0, 16)],
      ['metric', ({ metric }) => metric],
      ['week', ({ week }) => week],
      ['was', ({ metric, before }) => shown(metric, before)],
      ['is', ({ metric, after }) => shown(metric, after)],
      ['because of', ({ cause }) => (cause === 'history' ? 'the time before, told differently' : 'what happened since')],
    ],
    restatements,
  );
}

function readLimit(value: string): number {
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) throw new InvalidArgumentError('Give a whole number from 1 to 1000.');
  return limit;
}

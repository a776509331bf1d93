import { Option, type Command } from 'commander';
import { dimensions } from '#dashboards/metric-result.js';
import type { DriverDimension } from '../api.js';
import type { CliContext, WithContext } from '../command-line/cli-context.js';
import { readDay, readFilters, several } from '../command-line/options.js';
import { defaultWindow } from '../metrics/data-span.js';
import { metricDrivers } from '../metrics/drivers/drivers.js';
import { Refusal } from '../refusal.js';
import { askedWindow, comparedWindow } from './asked.js';
import { driverLines } from './driver-lines.js';
import { readWindow } from './query-reader.js';

interface WhyOptions {
  connection?: string;
  from?: string;
  to?: string;
  against: string;
  by?: DriverDimension;
  value?: string;
  filter: string[];
  clock?: 'calendar' | 'business';
  level?: 'team' | 'person';
  json?: boolean;
}

/** Ran, but no connection can tell what the metric needs. */
const notMeasurable = 3;

/** `throughline why`. */
export function registerWhyCommand(program: Command, run: WithContext): void {
  program
    .command('why <metric>')
    .description('what changed between two windows, and which segments carry it')
    .option('--connection <name>', 'only items of this connection')
    .option('--from <date>', 'first local day; default: the window of the boards, the last complete weeks')
    .option('--to <date>', 'first local day left out')
    .option(
      '--against <window>',
      '"previous", the window just before, "year", the same days a year before, or two days such as 2026-01-01..2026-02-01',
      'previous',
    )
    .addOption(
      new Option('--by <dimension>', 'split by this alone; default: by each, the one that explains most first').choices([
        ...dimensions,
        'pair',
      ]),
    )
    .option('--value <name>', 'which of several values, such as p85; default: the first')
    .option('--filter <dimension=value>', 'only these; may be repeated', several, [])
    .addOption(new Option('--clock <clock>', 'which clock runs').choices(['calendar', 'business']))
    .addOption(new Option('--level <level>', 'whose changes are handoffs').choices(['team', 'person']))
    .option('--json', 'print one JSON object; durations in seconds, percentages 0 to 100')
    .addHelpText(
      'after',
      '\nExit codes: 0 printed; 1 failed; 2 asked wrongly; 3 no connection can tell what the metric needs (the reasons are printed).',
    )
    .action((metric: string, options: WhyOptions) => run((context) => printWhy(context, metric, options)));
}

async function printWhy({ pool, engine, print, exitWith }: CliContext, metric: string, options: WhyOptions): Promise<void> {
  const window = askedWindow(
    { from: readDay('from', options.from), to: readDay('to', options.to) },
    await defaultWindow(pool, options.connection ?? null),
  );
  const against = readWindow(options.against);
  if (against === undefined)
    throw new Refusal(
      `--against "${options.against}" is not "previous", "year" or two days, the second left out, such as 2026-01-01..2026-02-01.`,
    );
  const { from, to } = typeof against === 'string' ? comparedWindow(window, { compare: against, locale: 'en' }) : against;
  const drivers = await metricDrivers(await engine(), {
    metric,
    ...window,
    against: { from, to },
    by: options.by ?? null,
    filters: readFilters(options),
    ...(options.value !== undefined && { value: options.value }),
    ...(options.clock && { clock: options.clock }),
    ...(options.level && { level: options.level }),
  });
  print(options.json ? drivers : driverLines(drivers));
  if (drivers.asOf === null && drivers.absent.length > 0) exitWith(notMeasurable);
}

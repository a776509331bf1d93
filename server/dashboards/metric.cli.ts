import { InvalidArgumentError, Option, type Command } from 'commander';
import { calendars, dimensions, type Calendar, type Dimension, type Grain, type MetricResult } from '#dashboards/metric-result.js';
import type { CliContext, WithContext } from '../command-line/cli-context.js';
import { readFilters, several } from '../command-line/options.js';
import { findMetric, metrics } from '../metrics/definitions/index.js';
import type { MetricEngine } from '../metrics/engine.js';
import { openMetricEngine } from '../metrics/open-engine.js';
import { metricInfo } from '../metrics/metric.js';
import { withholdMixed } from '../metrics/mixed-types.js';
import { queryMetric } from '../metrics/query.js';
import { grains, neverRolledUp, type MetricRequest } from '../metrics/request.js';
import { metricLines } from './metric-lines.js';
import { wholeWindow } from './whole-window.js';

interface MetricOptions {
  connection?: string;
  from?: string;
  to?: string;
  grain: Grain;
  calendar?: Calendar;
  by?: Dimension;
  filter: string[];
  zone?: string;
  clock?: 'calendar' | 'business';
  level?: 'team' | 'person';
  of?: string;
  asOf?: string;
  engine?: 'postgres' | 'duckdb';
  json?: boolean;
  list?: boolean;
}

/** Ran, but no connection can tell what the metric needs. */
const notMeasurable = 3;

/** `throughline metric`. */
export function registerMetricCommand(program: Command, run: WithContext): void {
  program
    .command('metric [id]')
    .description('print a metric with n, interval and treatment of open items')
    .option('--connection <name>', 'only items of this connection')
    .option('--from <date>', 'first local day, such as 2026-03-01; default: the first day of the data')
    .option('--to <date>', 'first local day left out; default: the day after the data ends')
    .addOption(new Option('--grain <grain>', `one row per ${grains.join(', ')}`).argParser(readGrain).default('all'))
    .addOption(new Option('--calendar <calendar>', 'whose weeks, months, quarters and years; default: gregorian').choices([...calendars]))
    .addOption(new Option('--aggregate <how>').argParser(refuseAggregate).hideHelp())
    .addOption(new Option('--by <dimension>', 'break down by').choices([...dimensions]))
    .option('--filter <dimension=value>', 'only these; may be repeated', several, [])
    .option('--zone <zone>', "IANA zone of days; default: the connection's")
    .addOption(new Option('--clock <clock>', 'which clock runs').choices(['calendar', 'business']))
    .addOption(new Option('--level <level>', 'whose changes are handoffs').choices(['team', 'person']))
    .option('--of <metric>', 'the metric that process-behaviour, level-spread or target-ratchet looks at')
    .option('--as-of <instant>', 'as known then, such as 2026-03-01T00:00:00Z; default: the end of the data')
    .addOption(new Option('--engine <engine>', 'who answers; the numbers are the same').choices(['duckdb', 'postgres']))
    .option('--json', 'print one JSON object; durations in seconds, percentages 0 to 100')
    .option('--list', 'list the metrics')
    .addHelpText(
      'after',
      '\nExit codes: 0 printed; 1 failed; 2 asked wrongly; 3 no connection can tell what the metric needs (the reasons are printed).',
    )
    .action(async (id: string | undefined, options: MetricOptions, command: Command) => {
      if (options.list) return void (await run(async ({ print }) => printList(print, options.json ?? false)));
      if (id === undefined) command.error('error: which metric? throughline metric --list names them', { exitCode: 2 });
      else await run((context) => printMetric(context, id, options));
    });
}

async function printMetric(context: CliContext, id: string, options: MetricOptions): Promise<void> {
  const { pool, print, exitWith } = context;
  const filters = readFilters(options);
  const whole = await wholeWindow(pool, options.connection, options.zone);
  const request: MetricRequest = {
    metric: id,
    from: options.from ?? whole.from,
    to: options.to ?? whole.to,
    zone: whole.zone,
    grain: options.grain,
    ...(options.calendar && { calendar: options.calendar }),
    by: options.by ?? null,
    filters,
    ...(options.clock && { clock: options.clock }),
    ...(options.level && { level: options.level }),
    ...(options.of && { of: options.of }),
    ...(options.asOf !== undefined && { asOf: options.asOf }),
  };
  const result = withholdMixed(await withEngine(context, options.engine, (engine) => queryMetric(engine, request)));
  print(options.json ? result : metricLines(metricInfo(findMetric(id)), result));
  if (result.rows.length === 0 && result.absent.length > 0) exitWith(notMeasurable);
}

async function withEngine(
  context: CliContext,
  wanted: MetricOptions['engine'],
  ask: (engine: MetricEngine) => Promise<MetricResult>,
): Promise<MetricResult> {
  if (wanted === undefined || wanted === context.config.metricEngine) return ask(await context.engine());
  const engine = await openMetricEngine({ pool: context.pool, directory: context.config.metricDirectory, engine: wanted });
  try {
    return await ask(engine);
  } finally {
    await engine.close();
  }
}

function readGrain(value: string): Grain {
  const grain = grains.find((known) => known === value);
  if (!grain) throw new InvalidArgumentError(`Allowed choices are ${grains.join(', ')}. ${neverRolledUp}`);
  return grain;
}

/** Somebody will try: the answer says why there is no such thing. */
function refuseAggregate(): never {
  throw new InvalidArgumentError(neverRolledUp);
}

function printList(print: CliContext['print'], asJson: boolean): void {
  const all = metrics.map(metricInfo);
  print(
    asJson
      ? all
      : all
          .map((metric) => `${metric.id.padEnd(20)} ${metric.unit.padEnd(3)} ${metric.treatment.padEnd(4)} ${metric.definition}`)
          .join('\n'),
  );
}

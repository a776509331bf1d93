import { InvalidArgumentError, Option, type Command } from 'commander';
import { formatter } from '#dashboards/format.js';
import type { PeriodWord, Target, TargetCheck } from '../api.js';
import type { CliContext, WithContext } from '../command-line/cli-context.js';
import { readDay, readFilters, several } from '../command-line/options.js';
import { readDataSpan } from '../metrics/data-span.js';
import { periodWindow, periodWords } from '../metrics/periods.js';
import { Refusal } from '../refusal.js';
import { checkTargets } from './check-targets.js';
import { moveRatchets } from './ratchet.js';
import { resetTarget, setTarget, type Setting } from './set-target.js';
import { targetMetric } from './target-metric.js';
import { isAbout, named, readTargets, removeTarget } from './targets.js';

interface SetOptions {
  part?: string;
  filter: string[];
  from?: string;
  by: string;
  note?: string;
  json?: boolean;
}

interface RatchetOptions extends SetOptions {
  start?: string;
  every: 'month' | 'quarter';
  weeks: number;
}

/** `throughline target set`, `target ratchet`, `target list`, `target check` and `target remove`. */
export function registerTargetCommand(program: Command, run: WithContext): void {
  const target = program.command('target').description('what numbers are wanted to be: by hand, or following the best level that lasted');
  settable(target.command('set <metric> <value>').description('wants a value, such as "85 %" or "2 h 30 m", from a day on')).action(
    (metric: string, value: string, options: SetOptions) => run((context) => set(context, metric, options, { value, ratchet: null })),
  );
  settable(
    target
      .command('ratchet <metric>')
      .description(
        'wants the best level that lasted: at the end of each period the median of the last weeks, where it is better beyond chance',
      ),
  )
    .addOption(new Option('--every <period>', 'when it looks').choices(['month', 'quarter']).default('quarter'))
    .option('--weeks <n>', 'how many complete weeks it looks back on, 6 to 52', readWeeks, 13)
    .option('--start <value>', 'the first target; default: the median of the weeks before --from')
    .action((metric: string, { every, weeks, start, ...options }: RatchetOptions) =>
      run((context) => set(context, metric, options, { value: start, ratchet: { every, weeks } })),
    );
  target
    .command('list')
    .description('all targets with every value they had')
    .option('--json', 'print one JSON array')
    .action(({ json }: { json?: boolean }) =>
      run(async ({ pool, engine, print }) => {
        await moveRatchets(pool, await engine());
        const targets = await readTargets(pool);
        print(json ? targets : targets.flatMap(targetLines).join('\n') || 'no targets yet: throughline target set METRIC VALUE');
      }),
    );
  target
    .command('check')
    .description('every target against its number over a period')
    .addOption(new Option('--period <words>', 'period in words; default: 26 complete weeks up to the end of the data').choices(periodWords))
    .option('--json', 'print one JSON array')
    .addHelpText('after', '\nExit code 3: a target is missed by more than chance.')
    .action((options: { period?: PeriodWord; json?: boolean }) => run((context) => check(context, options)));
  target
    .command('remove <id>')
    .description('removes a target with its history')
    .action((id: string) =>
      run(async ({ pool, print }) => {
        if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
          throw new Refusal(`"${id}" is no id of a target; throughline target list names them.`);
        await removeTarget(pool, id);
        print(`removed ${id}`);
      }),
    );
}

function settable(command: Command): Command {
  return command
    .option('--part <name>', 'which of several values of the metric, such as p85; default: the first')
    .option('--filter <dimension=value>', 'only for these; may be repeated', several, [])
    .option('--from <date>', 'first local day it holds; default: the first day of the quarter of the last complete week')
    .option('--by <name>', 'who sets it', 'lead')
    .option('--note <text>', 'why')
    .option('--json', 'print one JSON object');
}

/** Where the number has a target already it is changed, and keeps what it was. */
async function set(
  { pool, engine, print }: CliContext,
  metric: string,
  options: SetOptions,
  way: Pick<Setting, 'value' | 'ratchet'>,
): Promise<void> {
  const { from, by, note, json } = options;
  readDay('from', from);
  const { part } = targetMetric(metric, options.part ?? null);
  const key = { metric, part, scope: readFilters(options) };
  const desk = { pool, engine: await engine(), reader: { locale: 'en' as const } };
  const known = (await readTargets(pool)).find((one) => isAbout(one, key));
  const setting = { ...way, from, by, note };
  const done = known ? await resetTarget(desk, known.id, setting) : await setTarget(desk, key, setting);
  print(json ? done : targetLines(done).join('\n'));
}

async function check(
  { pool, engine, print, exitWith }: CliContext,
  { period, json }: { period?: PeriodWord; json?: boolean },
): Promise<void> {
  const metricEngine = await engine();
  const span = await readDataSpan(pool);
  const window = { ...periodWindow(period ?? 'default', span, 'gregorian'), zone: span.zone };
  const checks = await checkTargets(pool, metricEngine, window);
  print(json ? checks : checks.map(checkLine).join('\n') || 'no targets yet: throughline target set METRIC VALUE');
  if (checks.some(({ verdict }) => verdict?.state === 'missed')) exitWith(3);
}

function checkLine({ target, value, n, lo, hi, verdict }: TargetCheck): string {
  const { value: told } = formatter('en');
  const said = (number: number) => told(number, target.unit);
  const interval = lo === null || hi === null ? '' : ` (${said(lo)} to ${said(hi)})`;
  const measured = value === null ? 'withheld' : `${said(value)}${interval}`;
  const outcome =
    verdict === null ? 'no target holds, or no value' : `${verdict.state}, target ${said(verdict.target)} since ${verdict.since}`;
  return `${named(target)}  ${measured}, n ${n}: ${outcome}`;
}

function targetLines(target: Target): string[] {
  const { id, ratchet, moves } = target;
  const way = ratchet ? `ratchet: every ${ratchet.every}, median of ${ratchet.weeks} weeks` : 'by hand';
  return [
    `${id}  ${named(target)}  ${way}`,
    ...moves.map(({ from, text, by, note, seen }) =>
      [
        `  from ${from}`,
        text,
        by ?? 'moved',
        ...(seen ? [`${seen.weeks} weeks from ${seen.from} to ${seen.to} (exclusive)`] : []),
        note ?? '',
      ]
        .filter((part) => part !== '')
        .join('  '),
    ),
  ];
}

function readWeeks(value: string): number {
  const weeks = Number(value);
  if (!Number.isInteger(weeks) || weeks < 6 || weeks > 52) throw new InvalidArgumentError('Give a whole number from 6 to 52.');
  return weeks;
}

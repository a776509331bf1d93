import { Option, type Command } from 'commander';
import { locales, type Locale } from '#dashboards/i18n/messages.js';
import type { Schedule, ScheduleRun } from '../api.js';
import type { CliContext, WithContext } from '../command-line/cli-context.js';
import { readFilters, several } from '../command-line/options.js';
import { allowedAddress, parseAddress } from '../mail/address.js';
import { Refusal } from '../refusal.js';
import { commandContext } from '../reports/command-context.js';
import { makeReport } from '../reports/make-report.js';
import { runNow, sendTest } from './by-hand.js';
import { ScheduleBodySchema } from './schedule-body.js';
import { addSchedule, pauseSchedule, readRuns, readSchedule, readSchedules, removeSchedule, type ScheduleContent } from './schedules.js';

/** When something is due, as options: one of them. */
export interface RhythmOptions {
  weekly?: string;
  monthly?: string;
  quarterly?: string;
  cron?: string;
}

interface AddOptions extends RhythmOptions {
  owner: string;
  ownerAddress?: string;
  to: string[];
  zone: string;
  lang: Locale;
  board: string[];
  filter: string[];
  paper: 'a4' | 'letter';
  skipUnchanged?: boolean;
}

/** `throughline schedule add`, `list`, `pause`, `resume`, `run`, `test`, `runs` and `remove`. */
export function registerScheduleCommand(program: Command, run: WithContext): void {
  const schedule = program.command('schedule').description('summaries that go to people by themselves');
  withRhythm(schedule.command('add <name>'))
    .description('keeps a schedule; recipients of several zones or languages are put together on the page')
    .requiredOption('--owner <name>', 'whose it is')
    .option('--owner-address <mail>', 'who is told when a summary could not be made or sent')
    .requiredOption('--to <mail>', 'who gets it; may be repeated', several, [])
    .requiredOption('--zone <zone>', 'time zone of the recipients, such as Europe/Berlin')
    .addOption(new Option('--lang <language>', 'language of the recipients').choices([...locales]).default('en'))
    .option('--board <id>', 'a board that gets a page; may be repeated', several, [])
    .option('--filter <dimension=value>', 'only these; may be repeated', several, [])
    .addOption(new Option('--paper <size>', 'size of its pages').choices(['a4', 'letter']).default('a4'))
    .option('--skip-unchanged', 'send nothing when nothing has changed since the last one')
    .action((name: string, options: AddOptions) =>
      run(async ({ pool, config, print }) => {
        const told = bodyOf(name, options);
        for (const { address } of told.recipients) allowedAddress(parseAddress(address), config.mail.domains);
        print(scheduleLines(await addSchedule(pool, told, new Date())));
      }),
    );
  schedule
    .command('list')
    .description('all schedules: to whom, when next, what became of the last')
    .option('--json', 'print them as JSON')
    .action(({ json }: { json?: boolean }) =>
      run(async ({ pool, print }) => {
        const all = await readSchedules(pool, new Date());
        print(json ? all : all.map(scheduleLines).join('\n') || 'Nothing is sent by schedule yet.');
      }),
    );
  for (const isPaused of [true, false]) {
    schedule
      .command(`${isPaused ? 'pause' : 'resume'} <name>`)
      .description(isPaused ? 'nothing is due from now on' : 'it is due again from now on')
      .action((name: string) =>
        run(async ({ pool, print }) => {
          const { id } = await readSchedule(pool, new Date(), { name });
          print(scheduleLines(await pauseSchedule(pool, id, isPaused, new Date())));
        }),
      );
  }
  schedule
    .command('run <name>')
    .description('the summary of today goes out now, by the running server')
    .action((name: string) =>
      run(async ({ pool, print }) => {
        await runNow(pool, await readSchedule(pool, new Date(), { name }), new Date());
        print(`"${name}" is due now; the running server sends it within a minute.`);
      }),
    );
  schedule
    .command('test <name> <address>')
    .description('puts what would be sent now into the outbox for one address, marked as a test')
    .action((name: string, address: string) =>
      run(async (context) => {
        const to = allowedAddress(parseAddress(address), context.config.mail.domains);
        const { state } = await sendTest(context.pool, await readSchedule(context.pool, new Date(), { name }), to, await makerOf(context));
        context.print(`${to.address}: ${state}; the running server sends it.`);
      }),
    );
  schedule
    .command('runs <name>')
    .description('each time it was due, and what became of it and of every message')
    .option('--json', 'print them as JSON')
    .action((name: string, { json }: { json?: boolean }) =>
      run(async ({ pool, print }) => {
        const runs = await readRuns(pool, (await readSchedule(pool, new Date(), { name })).id, 50);
        print(json ? runs : runs.map(runLines).join('\n') || `"${name}" was never due yet.`);
      }),
    );
  schedule
    .command('remove <name>')
    .description('takes a schedule away, with its history; what was sent stays')
    .action((name: string) =>
      run(async ({ pool, print }) => {
        await removeSchedule(pool, (await readSchedule(pool, new Date(), { name })).id);
        print(`removed "${name}"`);
      }),
    );
}

function bodyOf(name: string, options: AddOptions): ScheduleContent {
  const read = ScheduleBodySchema.safeParse({
    name,
    owner: options.owner,
    ownerAddress: options.ownerAddress ?? null,
    rhythm: rhythmOf(options),
    spec: { boards: options.board, filters: readFilters(options), locale: options.lang, paper: options.paper },
    skipsUnchanged: options.skipUnchanged ?? false,
    recipients: options.to.map((address) => ({ address, zone: options.zone, locale: options.lang })),
  });
  if (read.success) return { ...read.data, owner: options.owner.trim(), ownerId: null };
  throw new Refusal(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' '));
}

/** Gives a command the options of `RhythmOptions`. */
export function withRhythm(command: Command): Command {
  return command
    .option('--weekly <day@time>', 'weekday 1 (Monday) to 7 and time, such as 1@08:00')
    .option('--monthly <day@time>', 'day of the month and time, such as 1@08:00')
    .option('--quarterly <day@time>', "day of the quarter's first month and time, such as 5@08:00")
    .option('--cron <expression>', 'in local time, at most once a day, such as "30 7 * * 1-5"');
}

/** Throws a `Refusal` where none of them is given, or several. */
export function rhythmOf(options: RhythmOptions): unknown {
  const told = (['weekly', 'monthly', 'quarterly', 'cron'] as const).filter((kind) => options[kind] !== undefined);
  const [kind] = told;
  if (told.length !== 1 || !kind)
    throw new Refusal('Say when, once: --weekly 1@08:00, --monthly 1@08:00, --quarterly 5@08:00 or --cron "30 7 * * 1-5".');
  if (kind === 'cron') return { kind, expression: options.cron };
  const [day = '', at = ''] = (options[kind] ?? '').split('@');
  if (!/^\d{1,2}$/.test(day)) throw new Refusal(`--${kind} "${options[kind]}" is not a day and a time such as 1@08:00.`);
  return kind === 'weekly' ? { kind, weekday: Number(day), at } : { kind, day: Number(day), at };
}

async function makerOf(command: CliContext): Promise<Parameters<typeof sendTest>[3]> {
  const context = await commandContext(command);
  return (spec) => makeReport(context, spec);
}

function scheduleLines({ name, owner, isPaused, recipients, next, lastRun }: Schedule): string {
  const people = recipients.map(
    ({ address, zone, locale, unsubscribedAt }) => `${address} (${zone}, ${locale}${unsubscribedAt ? ', unsubscribed' : ''})`,
  );
  const due = isPaused ? ['paused'] : next.map(({ zone, localDue }) => `next ${localDue} ${zone}`);
  return [
    `${name} (${owner})`,
    `  ${people.join(', ')}`,
    ...due.map((line) => `  ${line}`),
    ...(lastRun ? [`  last ${runLines(lastRun)}`] : []),
  ].join('\n');
}

function runLines({ zone, localDue, status, reason, detail, isLate, messages }: ScheduleRun): string {
  const why = [reason, detail].filter((part) => part !== null).join(': ');
  const head = `${localDue} ${zone}  ${status}${isLate ? ', late' : ''}${why === '' ? '' : `, ${why}`}`;
  return [
    head,
    ...messages.map((one) => `    ${one.recipient}  ${one.state}${one.reason === null ? '' : `, ${one.reason}: ${one.answer ?? ''}`}`),
  ].join('\n');
}

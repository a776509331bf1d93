import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { reasonOf } from '#etl/error-code.js';
import type { AlertHistoryResponse, AlertResponse } from '../api.js';
import { channelNamed } from '../channels/channels.js';
import { withReach } from '../channels/channel.cli.js';
import { alignedLines } from '../command-line/aligned-lines.js';
import type { CliContext, WithContext } from '../command-line/cli-context.js';
import { readFilters, several } from '../command-line/options.js';
import { isDate } from '../metrics/calendar.js';
import { defaultWindow } from '../metrics/data-span.js';
import { Refusal } from '../refusal.js';
import { readTargets } from '../targets/targets.js';
import { WatchService } from '../watch/watch.service.js';
import { addAlert, alertNamed, muteAlert, readAlerts, removeAlert, unmuteAlert } from './alerts.js';
import { readHistory } from './history.js';
import { judgeDue, tellDue } from './judge.js';
import type { AlertContext } from './alert-context.js';
import { presented } from './present.js';
import { AlertDeliveryBody, AlertRuleBody, checkRule } from './rule.js';
import { testAlert } from './test-alert.js';

interface AddOptions {
  rule: string;
  filter: string[];
  connection?: string;
  channel: string[];
  by: string;
  lang?: string;
  zone?: string;
  quiet?: string;
  digest?: string;
  json?: boolean;
}

const reader = { locale: 'en' as const };

/** `throughline alert add`, `list`, `history`, `test`, `mute`, `unmute` and `remove`. */
export function registerAlertCommand(program: Command, run: WithContext): void {
  const alert = program.command('alert').description('tells when a number goes beyond a limit, a source goes stale, or items are late');
  alert
    .command('add')
    .description('watches from now on')
    .argument('<name>', 'as messages will call it')
    .requiredOption('--rule <json>', 'what to watch, as JSON, or @ and the path of a file with it; docs/alerts.md has one of each kind')
    .option('--filter <dimension=value>', 'only these; may be repeated', several, [])
    .option('--channel <name>', 'where to tell it; may be repeated', several, [])
    .requiredOption('--by <name>', 'whose alert it is')
    .option('--lang <language>', 'of its messages: en, tr, fa or hy')
    .option('--zone <zone>', 'of quiet hours and digest; default: that of the data')
    .option('--quiet <from-to>', 'hold messages back between these local times, such as 22:00-07:00')
    .option('--digest <hour>', 'one message a day at this local hour, with all that came')
    .option('--json', 'print the alert as JSON')
    .action((name: string, options: AddOptions) =>
      run(async (context) => {
        const { pool, print } = context;
        const rule = parsed(AlertRuleBody, { ...(await readRule(options.rule)), ...filtersOf(options) }, 'rule');
        checkRule(rule);
        const delivery = parsed(AlertDeliveryBody, await deliveryOf(context, options), 'delivery');
        const channels = await Promise.all(options.channel.map(async (one) => (await channelNamed(pool, one)).id));
        await addAlert(pool, { name, owner: options.by, ownerId: null, rule, delivery, channels });
        const added = await judgedNow(context, name);
        print(options.json ? added : alertLines([added]).join('\n'));
        if (channels.length === 0) context.note('It is told nowhere yet, the page alone shows it; give it a --channel.');
      }),
    );
  alert
    .command('list')
    .description('all alerts and how they stand, those that fire first')
    .option('--json', 'print one JSON array')
    .action((options: { json?: boolean }) =>
      run(async ({ pool, print }) => {
        const targets = await readTargets(pool);
        const alerts = (await readAlerts(pool, new Date())).map((one) => presented(one, reader, targets));
        print(options.json ? alerts : alerts.length === 0 ? 'There is no alert yet.' : alertLines(alerts).join('\n'));
      }),
    );
  alert
    .command('history')
    .description('when it fired and recovered, who muted it, what was done and sent')
    .argument('<name>')
    .option('--json', 'print one JSON object')
    .action((name: string, options: { json?: boolean }) =>
      run(async ({ pool, print }) => {
        const now = new Date();
        const history = await readHistory(pool, (await alertNamed(pool, name, now)).id, reader, now);
        print(options.json ? history : historyLines(history).join('\n'));
      }),
    );
  alert
    .command('test')
    .description('sends to its channels what would come now, marked as a test')
    .argument('<name>')
    .option('--json', 'print the message in all its forms')
    .action((name: string, options: { json?: boolean }) =>
      run(async (context) => {
        const found = await alertNamed(context.pool, name, new Date());
        const told = await alertContext(context);
        const tested = await withReach(context, (reach) => testAlert(told, reach, found));
        if (options.json) context.print(tested);
        else {
          const sent = tested.sent.map(({ channel, error }) => `${channel}: ${error ?? 'taken'}`);
          context.print([tested.message?.title ?? 'There is no data to read yet.', tested.message?.text ?? '', '', ...sent].join('\n'));
        }
        if (tested.sent.some(({ error }) => error !== null)) context.exitWith(1);
      }),
    );
  alert
    .command('mute')
    .description('tells nothing of it until then')
    .argument('<name>')
    .requiredOption('--until <date>', 'the first day it is told again, or an instant such as 2026-12-01T08:00:00Z')
    .requiredOption('--why <text>', 'why')
    .requiredOption('--by <name>', 'who mutes it')
    .action((name: string, options: { until: string; why: string; by: string }) =>
      run(async ({ pool, print }) => {
        const now = new Date();
        const found = await alertNamed(pool, name, now);
        const until = readUntil(options.until, now);
        await muteAlert(pool, found.id, { ...options, until }, now);
        print(`"${name}" is muted until ${until.toISOString()}.`);
      }),
    );
  alert
    .command('unmute')
    .description('tells of it again')
    .argument('<name>')
    .requiredOption('--by <name>', 'who ends the mute')
    .action((name: string, options: { by: string }) =>
      run(async ({ pool, print }) => {
        const now = new Date();
        await unmuteAlert(pool, (await alertNamed(pool, name, now)).id, options.by, now);
        print(`"${name}" is told again.`);
      }),
    );
  alert
    .command('remove')
    .description('watches it no more, and forgets its history')
    .argument('<name>')
    .action((name: string) =>
      run(async ({ pool, print }) => {
        await removeAlert(pool, (await alertNamed(pool, name, new Date())).id);
        print(`"${name}" is removed.`);
      }),
    );
}

async function alertContext({ pool, config, engine }: CliContext): Promise<AlertContext> {
  const answering = await engine();
  return { pool, engine: answering, watch: new WatchService(pool, answering), publicUrl: config.publicUrl };
}

async function judgedNow(context: CliContext, name: string): Promise<AlertResponse> {
  const told = await alertContext(context);
  await judgeDue(told, () => new Date());
  await tellDue(told, () => new Date());
  return presented(await alertNamed(context.pool, name, new Date()), reader, await readTargets(context.pool));
}

async function readRule(given: string): Promise<Record<string, unknown>> {
  const text = given.startsWith('@') ? await readFile(given.slice(1), 'utf8') : given;
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch (cause) {
    throw new Refusal(`--rule is no JSON object: ${reasonOf(cause)}`);
  }
}

function filtersOf({ filter, connection }: AddOptions): Record<string, unknown> {
  const filters = readFilters({ filter, ...(connection !== undefined && { connection }) });
  return Object.keys(filters).length === 0 ? {} : { filters };
}

async function deliveryOf({ pool }: CliContext, { lang, zone, quiet, digest }: AddOptions): Promise<Record<string, unknown>> {
  const [from, to] = quiet?.split('-') ?? [];
  return {
    ...(lang !== undefined && { locale: lang }),
    zone: zone ?? (await defaultWindow(pool)).zone,
    ...(quiet !== undefined && { quiet: { from, to } }),
    ...(digest !== undefined && { digestHour: Number(digest) }),
  };
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new Refusal(read.error.issues.map(({ path, message }) => `${[what, ...path].join('.')}: ${message}`).join(' '));
}

/** Midnight in UTC of a day. */
function readUntil(text: string, now: Date): Date {
  const until = new Date(isDate(text) ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(until.getTime())) throw new Refusal(`--until "${text}" is no date; write it as 2026-12-01 or 2026-12-01T08:00:00Z.`);
  if (until <= now) throw new Refusal(`--until ${text} has passed already; give a later one.`);
  return until;
}

function alertLines(alerts: readonly AlertResponse[]): string[] {
  return alignedLines<AlertResponse>(
    [
      ['alert', ({ name }) => name],
      ['is', ({ status }) => status],
      ['since', ({ says }) => says.since],
      ['watches', ({ says }) => says.condition],
      ['last', ({ says }) => [says.period, says.value].filter((part) => part !== '').join(': ')],
      ['', ({ says, error }) => error ?? says.remarks.join(' ')],
      ['muted', ({ mute }) => (mute === null ? '' : `until ${mute.until.slice(0, 16)} by ${mute.by}: ${mute.why}`)],
    ],
    alerts,
  );
}

function historyLines({ alert, episodes, mutes, remarks, readings, messages }: AlertHistoryResponse): string[] {
  return [
    ...alertLines([alert]),
    ...episodes.flatMap(({ firedAt, recoveredAt, toldAt, says }) => [
      '',
      `fired ${firedAt.slice(0, 16)}${toldAt === null ? ', not told' : ''}: ${says.fired}`,
      recoveredAt === null ? 'fires still' : `over ${recoveredAt.slice(0, 16)}: ${says.recovered}`,
    ]),
    '',
    ...mutes.map(({ mutedAt, until, by, why }) => `muted ${mutedAt.slice(0, 16)} until ${until.slice(0, 16)} by ${by}: ${why}`),
    ...remarks.map(({ at, by, text }) => `${at.slice(0, 16)} ${by}: ${text}`),
    ...messages.map(
      ({ dueAt, channel, state, title, error }) => `${dueAt.slice(0, 16)} ${state} on ${channel}: ${title}${error ? ` (${error})` : ''}`,
    ),
    '',
    ...readings.slice(0, 12).map(({ says, verdict, phase }) => `${says} ${verdict}, ${phase}`),
  ];
}

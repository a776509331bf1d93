import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { locales, type Locale } from '#dashboards/i18n/messages.js';
import { ownerOfTheMachine } from '../access/principal.js';
import type { ExportRun, ExportSchedule, ViewFormat } from '../api.js';
import type { CliContext, WithContext } from '../command-line/cli-context.js';
import { readFilters, several } from '../command-line/options.js';
import { SourceAccess } from '../connections/source-access.js';
import { viewFormats } from '../exports/formats.js';
import { Conflict, Refusal } from '../refusal.js';
import { makeDue, retryDue } from '../schedules/ledger.js';
import { rhythmOf, withRhythm, type RhythmOptions } from '../schedules/schedule.cli.js';
import { checkExportSchedule } from './check-export-schedule.js';
import { exportLedger } from './export-ledger.js';
import { ExportScheduleBodySchema } from './export-schedule-body.js';
import {
  addExportSchedule,
  pauseExportSchedule,
  readExportRuns,
  readExportSchedule,
  readExportSchedules,
  removeExportSchedule,
  type ExportContent,
} from './export-schedules.js';

interface AddOptions extends RhythmOptions {
  view?: string;
  query?: string;
  param: string[];
  watch?: boolean;
  filter: string[];
  format: ViewFormat;
  raw?: boolean;
  owner: string;
  ownerAddress?: string;
  zone: string;
  mail: string[];
  lang: Locale;
  bucket?: string;
  endpoint?: string;
  region: string;
  prefix: string;
  accessKey?: string;
  secretKeyFile?: string;
}

/** `throughline export-schedule add`, `list`, `runs`, `run`, `pause`, `resume` and `remove`. */
export function registerExportScheduleCommand(program: Command, run: WithContext): void {
  const schedule = program.command('export-schedule').description('exports that go by themselves to a folder, by mail or into a bucket');
  withRhythm(schedule.command('add <name>'))
    .description('keeps one; without --mail and --bucket its files go to DATA_DIR/exports')
    .option('--view <name>', 'what it takes: a view; throughline export --list names them')
    .option('--query <id>', 'what it takes: a kept query of the workbench')
    .option('--param <name=value>', 'of that query; may be repeated', several, [])
    .option('--watch', 'what it takes: the open items that somebody should look at')
    .option('--filter <dimension=value>', 'of these items; may be repeated', several, [])
    .addOption(new Option('--format <format>', 'kind of file').choices([...viewFormats]).default('csv'))
    .option('--raw', 'CSV: leave cells a spreadsheet would run as formulas as they are')
    .requiredOption('--owner <name>', 'whose it is')
    .option('--owner-address <mail>', 'who is told when it could not be made or sent')
    .requiredOption('--zone <zone>', 'time zone in which it is due, such as Europe/Berlin')
    .option('--mail <address>', 'who gets it by mail; may be repeated', several, [])
    .addOption(new Option('--lang <language>', 'of these messages').choices([...locales]).default('en'))
    .option('--bucket <name>', 'bucket of a storage that speaks S3')
    .option('--endpoint <address>', 'of the storage, such as https://s3.eu-central-1.amazonaws.com')
    .option('--region <name>', 'of the storage', 'us-east-1')
    .option('--prefix <folder/>', 'folder in the bucket', '')
    .option('--access-key <id>', 'id of the key to the bucket')
    .option('--secret-key-file <file>', 'a file that holds its secret')
    .action((name: string, options: AddOptions) =>
      run(async (context) => {
        const { pool, config, print } = context;
        const told = await bodyOf(name, options);
        await checkExportSchedule(pool, config.mail.domains, ownerOfTheMachine, told);
        const id = await addExportSchedule(pool, new SourceAccess(config).vault, told, new Date());
        print(scheduleLines(await readExportSchedule(pool, ownerOfTheMachine, new Date(), { id })));
      }),
    );
  schedule
    .command('list')
    .description('all of them: what goes where, when next, what became of the last')
    .option('--json', 'print them as JSON')
    .action(({ json }: { json?: boolean }) =>
      run(async ({ pool, print }) => {
        const all = await readExportSchedules(pool, ownerOfTheMachine, new Date());
        print(json ? all : all.map(scheduleLines).join('\n') || 'Nothing is exported by schedule yet.');
      }),
    );
  schedule
    .command('runs <name>')
    .description('each time it was due, and what became of it')
    .option('--json', 'print them as JSON')
    .action((name: string, { json }: { json?: boolean }) =>
      run(async (context) => {
        const runs = await readExportRuns(context.pool, (await named(context, name)).id, 50);
        context.print(json ? runs : runs.map(runLine).join('\n') || `"${name}" was never due yet.`);
      }),
    );
  schedule
    .command('run <name>')
    .description('what is due today is made now, by the running server; what failed last is tried again')
    .action((name: string) =>
      run(async (context) => {
        const { id, zone, lastRun } = await named(context, name);
        if (lastRun?.status === 'failed') await retryDue(context.pool, exportLedger, lastRun.id, new Date());
        else if ((await makeDue(context.pool, exportLedger, id, [zone], new Date())) === 0)
          throw new Conflict(`"${name}" was made today, or is being made; it is made once a day.`);
        context.print(`"${name}" is due now; the running server makes it within a minute.`);
      }),
    );
  for (const isPaused of [true, false]) {
    schedule
      .command(`${isPaused ? 'pause' : 'resume'} <name>`)
      .description(isPaused ? 'nothing is due from now on' : 'it is due again from now on')
      .action((name: string) =>
        run(async (context) => {
          await pauseExportSchedule(context.pool, (await named(context, name)).id, isPaused, new Date());
          context.print(scheduleLines(await named(context, name)));
        }),
      );
  }
  schedule
    .command('remove <name>')
    .description('takes it away, with its history; files that were made stay')
    .action((name: string) =>
      run(async (context) => {
        await removeExportSchedule(context.pool, (await named(context, name)).id);
        context.print(`removed "${name}"`);
      }),
    );
}

function named({ pool }: CliContext, name: string): Promise<ExportSchedule> {
  return readExportSchedule(pool, ownerOfTheMachine, new Date(), { name });
}

async function bodyOf(name: string, options: AddOptions): Promise<ExportContent> {
  const secret = options.secretKeyFile === undefined ? null : (await readFile(resolve(options.secretKeyFile), 'utf8')).trim();
  const read = ExportScheduleBodySchema.safeParse({
    name,
    owner: options.owner,
    ownerAddress: options.ownerAddress ?? null,
    source: sourceOf(options),
    format: options.format,
    isRaw: options.raw ?? false,
    destination: destinationOf(options),
    rhythm: rhythmOf(options),
    zone: options.zone,
    ...(secret !== null && { secretAccessKey: secret }),
  });
  if (!read.success) throw new Refusal(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' '));
  const { secretAccessKey, ...told } = read.data;
  return { ...told, owner: options.owner.trim(), ownerId: null, ...(secretAccessKey !== undefined && { secretAccessKey }) };
}

function sourceOf(options: AddOptions): unknown {
  const { view, query, watch } = options;
  if ([view, query, watch].filter((one) => one !== undefined).length !== 1)
    throw new Refusal('Say what it takes, once: --view NAME, --query ID or --watch.');
  if (view !== undefined) return { kind: 'view', view };
  if (watch) return { kind: 'watch', filters: readFilters(options) };
  const pairs = options.param.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const);
  const wrong = options.param.find((pair) => pair.indexOf('=') < 1);
  if (wrong !== undefined) throw new Refusal(`--param "${wrong}" is not name=value.`);
  return { kind: 'query', savedQuery: query, parameters: Object.fromEntries(pairs) };
}

function destinationOf({ mail, lang, bucket, endpoint = '', region, prefix, accessKey = '' }: AddOptions): unknown {
  if (mail.length > 0 && bucket !== undefined) throw new Refusal('Say where it goes, once: --mail or --bucket.');
  if (mail.length > 0) return { kind: 'mail', recipients: mail, locale: lang };
  if (bucket !== undefined) return { kind: 'bucket', bucket, endpoint, region, prefix, accessKeyId: accessKey };
  return { kind: 'folder' };
}

function scheduleLines({ name, owner, source, format, destination, isPaused, next, zone, lastRun }: ExportSchedule): string {
  const what = source.kind === 'view' ? `view ${source.view}` : source.kind === 'query' ? `query ${source.savedQuery}` : 'watch list';
  const due = isPaused ? 'paused' : next ? `next ${next.localDue} ${zone}` : 'not due again';
  return [
    `${name} (${owner})`,
    `  ${what} as ${format}, ${placeOf(destination)}`,
    `  ${due}`,
    ...(lastRun ? [`  last ${runLine(lastRun)}`] : []),
  ].join('\n');
}

function placeOf(destination: ExportSchedule['destination']): string {
  if (destination.kind === 'mail') return `to ${destination.recipients.join(', ')}`;
  return destination.kind === 'bucket' ? `to s3://${destination.bucket}/${destination.prefix}` : 'to DATA_DIR/exports';
}

function runLine({ zone, localDue, status, reason, detail, isLate, file }: ExportRun): string {
  const why = [reason, detail].filter((part) => part !== null).join(': ');
  const made = file ? `  ${file.place}, ${file.bytes} bytes` : '';
  return `${localDue} ${zone}  ${status}${isLate ? ', late' : ''}${why === '' ? '' : `, ${why}`}${made}`;
}

import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import type pg from 'pg';
import { formatter } from '#dashboards/format.js';
import type { WatchItem, WatchReason, WatchResponse } from '../api.js';
import { alignedLines } from '../command-line/aligned-lines.js';
import type { WithContext } from '../command-line/cli-context.js';
import { readFilters, several } from '../command-line/options.js';
import { Missing, Refusal } from '../refusal.js';
import { watchReasons, watchSorts, type WatchQuestion } from './watch-question.js';
import { WatchService } from './watch.service.js';

interface WatchOptions {
  connection?: string;
  filter: string[];
  reason?: WatchReason;
  sort: WatchQuestion['sort'];
  handled: WatchQuestion['handled'];
  limit: number;
  json?: boolean;
}

/** `throughline watch`, `watch handled` and `watch undo`. */
export function registerWatchCommand(program: Command, run: WithContext): void {
  const watch = program
    .command('watch')
    .description('open items that are late, silent or likely to be late, those first whose customer was not told')
    .option('--connection <name>', 'only items of this connection')
    .option('--filter <dimension=value>', 'only these; may be repeated', several, [])
    .addOption(new Option('--reason <reason>', 'only those').choices(watchReasons))
    .addOption(new Option('--sort <order>', 'what comes first').choices(watchSorts).default('urgency'))
    .addOption(new Option('--handled <which>', 'those somebody has handled').choices(['hidden', 'shown', 'only']).default('hidden'))
    .option('--limit <n>', 'the first of them', readLimit, 20)
    .option('--json', 'print one JSON object; durations in seconds')
    .action((options: WatchOptions) =>
      run(async ({ pool, engine, print }) => {
        const { reason = null, sort, handled, limit } = options;
        const question = { filters: readFilters(options), reason, sort, handled, offset: 0, limit, unknownParameters: [] };
        const list = await new WatchService(pool, await engine()).list(question);
        print(options.json ? list : watchLines(list));
      }),
    );
  const item = new Argument('<item>', 'id of the item, or its number in the tool');
  watch
    .command('handled')
    .description('takes an item off the list, until it gets a new date, its date passes or it is reopened')
    .addArgument(item)
    .requiredOption('--note <text>', 'what was done')
    .requiredOption('--by <name>', 'who has done it')
    .action((id: string, told: { note: string; by: string }) =>
      run(async ({ pool, engine, print }) => {
        const service = new WatchService(pool, await engine());
        const row = await service.handle(await itemId(pool, id), { ...told, by: { account: null, name: told.by } });
        print(`${row.externalId} of ${row.connection} is handled by ${told.by}.`);
      }),
    );
  watch
    .command('undo')
    .description('brings an item back to the list')
    .addArgument(item)
    .action((id: string) =>
      run(async ({ pool, engine, print }) => {
        const row = await new WatchService(pool, await engine()).undo(await itemId(pool, id));
        print(`${row.externalId} of ${row.connection} is on the list again.`);
      }),
    );
}

/** By the id of the item, or its number in the tool where one item alone has it. */
async function itemId(pool: pg.Pool, asked: string): Promise<string> {
  const { rows } = await pool.query<{ id: string; connection: string }>(
    `select s.item_id as id, c.name as connection
    from core.item s
    join ingest.connection c on c.id = s.connection_id
    where s.item_id::text = $1 or s.external_id = $1
    order by c.name`,
    [asked],
  );
  const [first, second] = rows;
  if (!first) throw new Missing(`There is no item "${asked}"; throughline watch lists the open ones.`);
  if (second) {
    const known = rows.map(({ id, connection }) => `${id} of ${connection}`).join(', ');
    throw new Refusal(`Several items are called "${asked}"; name one by its id: ${known}.`);
  }
  return first.id;
}

function watchLines({ asOf, zone, total, open, counts, handled, items, absent }: WatchResponse): string {
  const format = formatter('en');
  if (asOf === null) return 'There is no data yet; import some with throughline import.';
  const head = `${total} of ${open} open items, data to ${format.instant(asOf, zone)}: ${watchReasons.map((reason) => `${reason} ${counts[reason]}`).join(', ')}; ${handled} handled`;
  const told = { yes: 'told', no: 'not told', unknown: 'nobody can tell' };
  const rows = alignedLines<WatchItem>(
    [
      ['item', ({ externalId, title }) => `${externalId} ${(title ?? '').slice(0, 40)}`.trim()],
      ['connection', ({ connection }) => connection],
      ['team', ({ team }) => team ?? ''],
      ['customer', ({ customer }) => customer ?? ''],
      ['why', ({ reasons }) => reasons.join(', ')],
      ['due', ({ dueAt }) => (dueAt === null ? '' : dueAt.slice(0, 16))],
      ['late', ({ chance }) => (chance === null ? '' : `${Math.round(100 * chance.late)} % (n ${chance.n})`)],
      ['by', ({ expectedOverrun }) => (expectedOverrun === null ? '' : format.duration(expectedOverrun))],
      ['court', ({ court }) => court ?? ''],
      ['silence', ({ silence }) => (silence === null ? '' : format.duration(silence))],
      ['customer knows', ({ isTold }) => told[isTold === null ? 'unknown' : isTold ? 'yes' : 'no']],
      [
        'handled',
        ({ mark }) => (mark === null ? '' : `${mark.by}: ${mark.note}${mark.since === null ? '' : ` (since then: ${mark.since})`}`),
      ],
    ],
    items,
  );
  const missing = absent.map((one) => `not known of ${one.connection}: ${one.reason} (${one.signal})`);
  return [head, '', ...(items.length === 0 ? ['Nothing to do here.'] : rows), ...(missing.length > 0 ? ['', ...missing] : [])].join('\n');
}

function readLimit(value: string): number {
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) throw new InvalidArgumentError('Give a whole number from 1 to 1000.');
  return limit;
}

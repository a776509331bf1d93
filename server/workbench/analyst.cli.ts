import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { readScope } from '../access/scope-option.js';
import { recordAudit, type AuditAction } from '../audit/audit.js';
import { alignedLines } from '../command-line/aligned-lines.js';
import type { CliContext, WithContext } from '../command-line/cli-context.js';
import { addressOf } from '../database/address.js';
import { asAdmin } from './admin-session.js';
import { floorAbove } from './floor.js';
import { makePersonLogin, readPersonLogins, removePersonLogin, renewPassword, type PersonLogin } from './person-logins.js';

interface AnalystOptions {
  only: string[];
  as?: string;
  json?: boolean;
}

/** `throughline analyst create`, `list`, `password` and `remove`. */
export function registerAnalystCommand(program: Command, run: WithContext): void {
  const analyst = program
    .command('analyst')
    .description('logins of PostgreSQL for psql, BI tools and notebooks, which read the analytics views alone');
  analyst
    .command('create <name>')
    .description('makes a login and prints its address, once')
    .option('--only <dimension=name...>', 'sees items of this team, service or group alone; several, or again', [])
    .option('--as <address>', 'address of a superuser, where the program itself may make no logins')
    .option('--json', 'print it as JSON')
    .action((name: string, { only, as, json }: AnalystOptions) =>
      run(async (context) => {
        const scope = readScope(only);
        const made = await asAdmin(context.databaseUrl, as, (admin, app) => makePersonLogin(admin, app, { name, scope }));
        await audit(context, 'analyst.create', name, { isScoped: scope !== null });
        tellAddress(context, made, json);
        await warnBelowFloor(context);
      }),
    );
  analyst
    .command('list')
    .description('the logins, and what each may see')
    .option('--json', 'print them as JSON')
    .action(({ json }: { json?: boolean }) =>
      run(async ({ pool, print }) => {
        const logins = await readPersonLogins(pool);
        print(json ? logins : logins.length === 0 ? 'There is none yet: throughline analyst create NAME' : lines(logins).join('\n'));
      }),
    );
  analyst
    .command('password <name>')
    .description('gives it a new password and prints its address, once')
    .option('--as <address>', 'address of a superuser, where the program itself may make no logins')
    .option('--json', 'print it as JSON')
    .action((name: string, { as, json }: AnalystOptions) =>
      run(async (context) => {
        const renewed = await asAdmin(context.databaseUrl, as, (admin) => renewPassword(admin, name));
        await audit(context, 'analyst.change', name, {});
        tellAddress(context, renewed, json);
      }),
    );
  analyst
    .command('remove <name>')
    .description('removes it and ends its sessions')
    .option('--as <address>', 'address of a superuser, where the program itself may make no logins')
    .action((name: string, { as }: AnalystOptions) =>
      run(async (context) => {
        await asAdmin(context.databaseUrl, as, (admin) => removePersonLogin(admin, name));
        await audit(context, 'analyst.remove', name, {});
        context.print(`${name} is removed`);
      }),
    );
}

function audit({ pool }: CliContext, action: AuditAction, object: string, detail: Record<string, boolean>): Promise<void> {
  return recordAudit(pool, { asker: { command: userInfo().username }, action, object, detail });
}

/** The workbench asks nothing for others than administrators there; a login of its own stands beside it. */
async function warnBelowFloor({ pool, note }: CliContext): Promise<void> {
  const { rows } = await pool.query<{ server: string; number: number }>(
    `select split_part(current_setting('server_version'), ' ', 1) as server, current_setting('server_version_num')::int as number`,
  );
  const { server = '', number = 0 } = rows[0] ?? {};
  const floor = floorAbove(number);
  if (floor !== null)
    note(
      `PostgreSQL ${server} has errors that whoever has this login could abuse, repaired in ${floor}: give it to administrators alone, or update.`,
    );
}

function tellAddress(
  { config, databaseUrl, print, note }: CliContext,
  { role, password }: { role: string; password: string },
  json?: boolean,
): void {
  const address = addressOf(databaseUrl, role, password);
  print(json ? { role, address } : address);
  note('This is shown once; a new password: throughline analyst password NAME');
  if (config.databaseUrl === null) {
    note(
      'The embedded database answers on this machine alone (127.0.0.1), while Throughline runs, and takes another port when it is started ' +
        'anew; DATA_DIR/postgres/postmaster.pid has the present one in its fourth line. For others use a PostgreSQL of your own: DATABASE_URL.',
    );
  }
}

function lines(logins: readonly PersonLogin[]): string[] {
  return alignedLines<PersonLogin>(
    [
      ['name', ({ name }) => name],
      ['login', ({ role }) => role],
      ['sees', ({ scope }) => scopeText(scope)],
      ['made', ({ madeAt }) => madeAt.slice(0, 10)],
    ],
    logins,
  );
}

function scopeText(scope: PersonLogin['scope']): string {
  if (scope === null) return 'everything';
  return Object.entries(scope)
    .map(([dimension, names]) => `${dimension} ${names.join(', ')}`)
    .join('; ');
}

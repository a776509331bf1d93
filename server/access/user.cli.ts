import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { userInfo } from 'node:os';
import { Option, type Command } from 'commander';
import type pg from 'pg';
import type { Account } from '../api.js';
import { recordAudit, type AuditAction, type AuditDetail } from '../audit/audit.js';
import { alignedLines } from '../command-line/aligned-lines.js';
import type { CliContext, WithContext } from '../command-line/cli-context.js';
import { several } from '../command-line/options.js';
import { Refusal } from '../refusal.js';
import { addAccount, changeAccount, readAccount, readAccounts, removeAccount, type AccountChange } from './accounts.js';
import { flawSentences } from './password-rules.js';
import { flawOf, setPassword } from './passwords.js';
import { roles, type Role } from './principal.js';
import { endSessions } from './sessions.js';
import { readScope } from './scope-option.js';
import { readFoundation } from './visitors.js';
import { makeWelcomeLink } from './welcome-links.js';

interface RightsOptions {
  name?: string;
  role?: Role;
  only: string[];
  everything?: boolean;
  names?: boolean;
  json?: boolean;
}

/** `throughline user list`, `add`, `change`, `disable`, `enable`, `password`, `link` and `remove`. */
export function registerUserCommand(program: Command, run: WithContext): void {
  const user = program.command('user').description('who may sign in, and what everybody may do and see');
  user
    .command('list')
    .description('all accounts')
    .option('--json', 'print them as JSON')
    .action(({ json }: { json?: boolean }) =>
      run(async ({ pool, print }) => {
        const accounts = await readAccounts(pool);
        print(
          json ? accounts : accounts.length === 0 ? 'There is no account yet: throughline user link' : accountLines(accounts).join('\n'),
        );
      }),
    );
  withRights(user.command('add <mail>').description('makes an account and prints the link that sets its password'))
    .requiredOption('--name <name>', 'as others see it')
    .action((email: string, options: RightsOptions) =>
      run(async (context) => {
        const { pool, print } = context;
        const role = options.role ?? 'viewer';
        const seesNames = options.names ?? (role === 'admin' || role === 'lead');
        const told = { email, name: options.name ?? email, role, scope: readScope(options.only), seesNames };
        const account = await addAccount(pool, told);
        await audit(pool, 'account.add', account, { role });
        const link = await linkLine(context, account.id);
        print(options.json ? { account, link } : link);
      }),
    );
  withRights(user.command('change <mail>').description('another name, role or scope; it is signed out where its rights change'))
    .option('--name <name>', 'as others see it')
    .option('--everything', 'takes its scope away')
    .action((email: string, options: RightsOptions) =>
      run(async ({ pool, print }) => {
        const change: AccountChange = {
          ...(options.name !== undefined && { name: options.name }),
          ...(options.role !== undefined && { role: options.role }),
          ...(options.names !== undefined && { seesNames: options.names }),
          ...(options.only.length > 0 && { scope: readScope(options.only) }),
          ...(options.everything && { scope: null }),
        };
        if (Object.keys(change).length === 0) throw new Refusal('Nothing to change; give --name, --role, --only, --everything or --names.');
        const account = await changed(pool, email, change);
        print(options.json ? account : accountLines([account]).join('\n'));
      }),
    );
  user
    .command('disable <mail>')
    .description('it cannot sign in any more, and is signed out at once')
    .action((email: string) =>
      run(async ({ pool, print }) => print(`${(await changed(pool, email, { isDisabled: true })).email} is disabled`)),
    );
  user
    .command('enable <mail>')
    .description('it may sign in again')
    .action((email: string) =>
      run(async ({ pool, print }) => print(`${(await changed(pool, email, { isDisabled: false })).email} is enabled`)),
    );
  user
    .command('password <mail>')
    .description('sets its password and signs it out everywhere')
    .requiredOption('--password-file <path>', 'one line with the password')
    .action((email: string, { passwordFile }: { passwordFile: string }) =>
      run(async ({ pool, config, print }) => {
        const account = await readAccount(pool, email);
        const password = (await readFile(resolve(passwordFile), 'utf8')).replace(/\r?\n$/, '');
        const flaw = await flawOf(password, account, config.publicUrl);
        if (flaw !== null) throw new Refusal(`The password ${flawSentences[flaw]}.`);
        await setPassword(pool, account.id, password, new Date());
        await endSessions(pool, account.id);
        await audit(pool, 'password.change', account, {});
        print(`${account.email} has the password of ${passwordFile}`);
      }),
    );
  user
    .command('link [mail]')
    .description('prints a link that sets the password of an account within 24 hours; without one, that makes the first administrator')
    .action((email: string | undefined) =>
      run(async (context) => {
        const { pool, print } = context;
        if (email === undefined) {
          if ((await readFoundation(pool)).hasAdmin)
            throw new Refusal(
              'There is an administrator already; name the account whose password is to be set: throughline user link MAIL',
            );
          print(await linkLine(context, null));
          return;
        }
        const account = await readAccount(pool, email);
        await audit(pool, 'password.change', account, { how: 'link made' });
        print(await linkLine(context, account.id));
      }),
    );
  user
    .command('remove <mail>')
    .description('takes the account away; what it made stays under its name')
    .action((email: string) =>
      run(async ({ pool, print }) => {
        const account = await readAccount(pool, email);
        await removeAccount(pool, account.id);
        await audit(pool, 'account.remove', account, {});
        print(`removed ${account.email}`);
      }),
    );
}

function withRights(command: Command): Command {
  return command
    .addOption(new Option('--role <role>', 'what it may do; of a new account: viewer').choices(roles))
    .option('--only <dimension=value>', 'sees these items alone, by team, service or group; may be repeated', several, [])
    .option('--names', 'sees the names of the company’s people')
    .option('--no-names', 'sees their pseudonyms')
    .option('--json', 'print it as JSON');
}

async function changed(pool: pg.Pool, email: string, change: AccountChange): Promise<Account> {
  const { id } = await readAccount(pool, email);
  const account = await changeAccount(pool, id, change, new Date());
  const { role, isDisabled } = account;
  await audit(pool, 'account.change', account, { changed: Object.keys(change).join(', '), role, isDisabled });
  return account;
}

async function linkLine({ pool, config }: CliContext, account: string | null): Promise<string> {
  return `${config.publicUrl}${(await makeWelcomeLink(pool, account, new Date())).path}`;
}

function audit(pool: pg.Pool, action: AuditAction, { id }: Account, detail: AuditDetail): Promise<void> {
  return recordAudit(pool, { asker: { command: userInfo().username }, action, object: id, detail });
}

function accountLines(accounts: readonly Account[]): string[] {
  return alignedLines<Account>(
    [
      ['account', ({ email }) => email],
      ['name', ({ name }) => name],
      ['role', ({ role }) => role],
      ['sees', ({ scope }) => scopeText(scope)],
      ['people', ({ seesNames }) => (seesNames ? 'by name' : 'by pseudonym')],
      ['state', stateOf],
    ],
    accounts,
  );
}

function scopeText(scope: Account['scope']): string {
  if (scope === null) return 'everything';
  return Object.entries(scope)
    .map(([dimension, names]) => `${dimension}=${names.join('|')}`)
    .join(' ');
}

function stateOf({ isDisabled, hasPassword, signedInAt }: Account): string {
  if (isDisabled) return 'disabled';
  if (signedInAt !== null) return `signed in last on ${signedInAt.slice(0, 10)}`;
  return hasPassword ? 'never signed in' : 'no password yet';
}

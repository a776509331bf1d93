import { userInfo } from 'node:os';
import { InvalidArgumentError, type Command } from 'commander';
import type { ApiToken } from '../api.js';
import { recordAudit } from '../audit/audit.js';
import { alignedLines } from '../command-line/aligned-lines.js';
import type { WithContext } from '../command-line/cli-context.js';
import { several } from '../command-line/options.js';
import { Missing, Refusal } from '../refusal.js';
import { readAccount } from './accounts.js';
import { permissions, type Permission } from './principal.js';
import { readScope } from './scope-option.js';
import { listTokens, makeToken, mostTokenDays, revokeToken, usualTokenDays } from './token.js';

interface MakeOptions {
  account: string;
  may: Permission[];
  only: string[];
  days: number;
  json?: boolean;
}

/** `throughline token make`, `list` and `revoke`. */
export function registerTokenCommand(program: Command, run: WithContext): void {
  const token = program.command('token').description('keys that scripts sign in with, as an account and with no more than it may');
  token
    .command('make <name>')
    .description('prints a new token, for the only time')
    .requiredOption('--account <mail>', 'whose it is')
    .requiredOption('--may <permissions>', `what it may: ${permissions.join(', ')}, with commas between`, readPermissions)
    .option('--only <dimension=value>', 'sees these items alone, by team, service or group; may be repeated', several, [])
    .option('--days <days>', `ends after so many days, at most ${mostTokenDays}`, readDays, usualTokenDays)
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nIt is sent as a header: curl -H "Authorization: Bearer tl_…" http://127.0.0.1:3000/api/boards/delay')
    .action((name: string, options: MakeOptions) =>
      run(async ({ pool, print, note }) => {
        const account = await enabledAccount(readAccount(pool, options.account));
        const wish = { name, permissions: options.may, scope: readScope(options.only), days: options.days };
        const made = await makeToken(pool, { ...account, only: null }, wish, new Date());
        const detail = { name, account: account.id, permissions: made.permissions.join(' '), expiresAt: made.expiresAt };
        await recordAudit(pool, { asker: { command: userInfo().username }, action: 'token.make', object: made.id, detail });
        print(options.json ? made : made.key);
        if (!options.json) note(`"${name}" opens until ${made.expiresAt.slice(0, 10)}. Keep it now: it is not shown again.`);
      }),
    );
  token
    .command('list')
    .description('the tokens of an account, without their keys')
    .requiredOption('--account <mail>', 'whose')
    .option('--json', 'print them as JSON')
    .action((options: { account: string; json?: boolean }) =>
      run(async ({ pool, print }) => {
        const tokens = await listTokens(pool, (await readAccount(pool, options.account)).id);
        print(options.json ? tokens : tokens.length === 0 ? 'There is no token.' : tokenLines(tokens).join('\n'));
      }),
    );
  token
    .command('revoke <name>')
    .description('the token opens nothing from now on')
    .requiredOption('--account <mail>', 'whose it is')
    .action((name: string, options: { account: string }) =>
      run(async ({ pool, print }) => {
        const { id: account } = await readAccount(pool, options.account);
        const found = (await listTokens(pool, account)).find((one) => one.name === name);
        if (!found) throw new Missing(`There is no token "${name}" of ${options.account}; throughline token list names them all.`);
        await revokeToken(pool, account, found.id, new Date());
        const detail = { name, account };
        await recordAudit(pool, { asker: { command: userInfo().username }, action: 'token.revoke', object: found.id, detail });
        print(`"${name}" opens nothing any more.`);
      }),
    );
}

async function enabledAccount<One extends { email: string; isDisabled: boolean }>(read: Promise<One>): Promise<One> {
  const account = await read;
  if (account.isDisabled) throw new Refusal(`The account ${account.email} is disabled; a token of it would open nothing.`);
  return account;
}

function readPermissions(text: string): Permission[] {
  return text.split(',').map((word) => {
    const permission = permissions.find((known) => known === word.trim());
    if (!permission) throw new InvalidArgumentError(`"${word.trim()}" is not known; known: ${permissions.join(', ')}.`);
    return permission;
  });
}

function readDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > mostTokenDays) {
    throw new InvalidArgumentError(`Give a whole number from 1 to ${mostTokenDays}.`);
  }
  return days;
}

function tokenLines(tokens: readonly ApiToken[]): string[] {
  return alignedLines<ApiToken>(
    [
      ['token', ({ name }) => name],
      ['may', ({ permissions: may }) => may.join(', ')],
      [
        'sees',
        ({ scope }) =>
          scope === null
            ? ''
            : Object.entries(scope)
                .map(([name, values]) => `${name}=${values.join('|')}`)
                .join(' '),
      ],
      ['ends', ({ expiresAt }) => expiresAt.slice(0, 10)],
      ['last used', ({ lastUsedAt }) => lastUsedAt?.slice(0, 16) ?? 'never'],
    ],
    tokens,
  );
}

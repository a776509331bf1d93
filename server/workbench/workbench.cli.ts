import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { readKey } from '#etl/vault/key.js';
import { readScope } from '../access/scope-option.js';
import { recordAudit } from '../audit/audit.js';
import type { WithContext } from '../command-line/cli-context.js';
import { asAdmin } from './admin-session.js';
import { setUpWorkbench } from './setup.js';
import { openWorkbench } from './workbench-keeper.js';

/** `throughline workbench setup` and `check`. */
export function registerWorkbenchCommand(program: Command, run: WithContext): void {
  const workbench = program.command('workbench').description("SQL of one's own: whether it is safe here");
  workbench
    .command('setup')
    .description('closes the database to all but the program, and makes the logins of the workbench; needed once where the program may not')
    .requiredOption('--as <address>', 'address of a superuser of this database, as postgres://postgres:password@host/database')
    .option('--only <dimension=name...>', 'also for those who see this team, service or group alone; several, or again', [])
    .action(({ as, only }: { as: string; only: string[] }) =>
      run(async ({ pool, databaseUrl, config, print, exitWith }) => {
        const key = await readKey(config.dataDirectory, config.secretKey ?? undefined);
        const scopes = only.length === 0 ? [null] : [null, readScope(only)];
        const names = await asAdmin(databaseUrl, as, (admin, app) => setUpWorkbench(admin, { app, key, scopes }));
        await recordAudit(pool, { asker: { command: userInfo().username }, action: 'workbench.change', detail: { logins: names.length } });
        const opened = openWorkbench(config, { pool, url: databaseUrl });
        await opened.check();
        const { state, reason } = opened.workbenchHealth();
        print(state === 'on' ? `The workbench is on; its logins: ${names.join(', ')}` : (reason ?? state));
        if (state !== 'on') exitWith(1);
      }),
    );
  workbench
    .command('check')
    .description('tries every attack with the login of the workbench')
    .option('--json', 'print the outcome as JSON')
    .action(({ json }: { json?: boolean }) =>
      run(async ({ pool, databaseUrl, config, print, exitWith }) => {
        const opened = openWorkbench(config, { pool, url: databaseUrl });
        await opened.check();
        const health = opened.workbenchHealth();
        const { state, reason, probes } = health;
        print(
          json
            ? health
            : state === 'on'
              ? `on: ${probes?.tried ?? 0} attacks tried, none came through (${probes?.milliseconds ?? 0} ms)`
              : reason,
        );
        if (state !== 'on') exitWith(1);
      }),
    );
}

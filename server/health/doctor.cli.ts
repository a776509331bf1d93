import type { Command } from 'commander';
import type { HealthCheck } from '../api.js';
import type { CliContext, WithContext } from '../command-line/cli-context.js';
import { openWorkbench } from '../workbench/workbench-keeper.js';
import { readFacts } from './checks/facts.js';
import { pageCheck } from './checks/machine.js';
import { orphanChecks } from './checks/orphans.js';
import { examine } from './examine.js';
import { said } from './health.service.js';
import { sayHealth } from './texts/index.js';

/** `throughline doctor`. */
export function registerDoctorCommand(program: Command, run: WithContext): void {
  program
    .command('doctor')
    .description('look for what is wrong, and say what to do about it')
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', '\nExit codes: 0 all well; 1 something is to be done.')
    .action((options: { json?: boolean }) =>
      run(async (context) => {
        const checks = await look(context);
        context.print(options.json ? checks : checks.map(checkLines).join('\n'));
        if (checks.some(({ state }) => state !== 'ok')) context.exitWith(1);
      }),
    );
}

/** What a running server sees, and what only this machine tells. */
async function look({ pool, config, databaseUrl, rights }: CliContext): Promise<HealthCheck[]> {
  const say = sayHealth('en');
  const workbench = openWorkbench(config, { pool, url: databaseUrl });
  await workbench.check();
  const checks = await examine({ pool, config, rights, facts: () => readFacts(pool, null), workbench: workbench.workbenchHealth() });
  return [...checks, pageCheck(), ...(await orphanChecks())].map((check) => said(check, say));
}

function checkLines({ subject, state, found, remedies }: HealthCheck): string {
  return [`${state === 'ok' ? 'ok     ' : 'PROBLEM'}  ${subject}: ${found}`, ...remedies.map((remedy) => `         ${remedy}`)].join('\n');
}

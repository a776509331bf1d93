import type { Command } from 'commander';
import type { WithContext } from '../cli-context.js';
import { examine, type Finding } from './doctor.js';

/** `throughline doctor`. */
export function registerDoctorCommand(program: Command, run: WithContext): void {
  program
    .command('doctor')
    .description('look for what is wrong, and say what to do about it')
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', '\nExit codes: 0 all well; 1 something is to be done.')
    .action((options: { json?: boolean }) =>
      run(async (context) => {
        const findings = await examine(context);
        context.print(options.json ? findings : findings.map(findingLine).join('\n'));
        if (findings.some((finding) => finding.remedy !== null)) context.exitWith(1);
      }),
    );
}

function findingLine({ subject, found, remedy }: Finding): string {
  return `${remedy === null ? 'ok     ' : 'PROBLEM'}  ${subject}: ${found}${remedy === null ? '' : `\n         ${remedy}`}`;
}

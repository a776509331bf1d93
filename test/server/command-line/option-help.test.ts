import { Command } from 'commander';
import { expect, test } from 'vitest';
import { optionDescription } from '#server/command-line/option-help.js';

test('help says of a command on any level which options it cannot do without', () => {
  const program = new Command('throughline').configureHelp({ optionDescription });
  const make = program.command('token').command('make').requiredOption('--account <mail>', 'whose it is').option('--days <days>', 'ends');
  expect(make.helpInformation()).toMatch(/--account <mail> +whose it is; needed$/m);
  expect(make.helpInformation()).toMatch(/--days <days> +ends$/m);
});

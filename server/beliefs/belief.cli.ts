import type { Command } from 'commander';
import type { BeliefResponse } from '../api.js';
import type { WithContext } from '../command-line/cli-context.js';
import { readFilters, several } from '../command-line/options.js';
import { wholeWindow } from '../dashboards/whole-window.js';
import { Refusal } from '../refusal.js';
import { answerBelief, unnamed } from './beliefs.js';

interface BeliefOptions {
  person: string;
  connection?: string;
  from?: string;
  to?: string;
  filter: string[];
  zone?: string;
  json?: boolean;
}

/** `throughline belief`. */
export function registerBeliefCommand(program: Command, run: WithContext): void {
  program
    .command('belief <metric> <value>')
    .description('say what you believe a percentage to be, then see what it is; the first answer holds')
    .option('--person <name>', 'who believes it; never shown', unnamed)
    .option('--connection <name>', 'only items of this connection')
    .option('--from <date>', 'first local day, such as 2026-03-01; default: the first day of the data')
    .option('--to <date>', 'first local day left out; default: the day after the data ends')
    .option('--filter <dimension=value>', 'only these; may be repeated', several, [])
    .option('--zone <zone>', "IANA zone of days; default: the connection's")
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nThe gaps over time: throughline metric belief-gap --of METRIC.')
    .action((metric: string, value: string, options: BeliefOptions) =>
      run(async ({ pool, engine, print }) => {
        const answer = value.trim() === '' ? Number.NaN : Number(value);
        if (Number.isNaN(answer)) throw new Refusal(`"${value}" is no number; answer with a percentage such as 80.`);
        const whole = await wholeWindow(pool, options.connection, options.zone);
        const { person, from = whole.from, to = whole.to } = options;
        const filters = readFilters(options);
        const told = await answerBelief(pool, await engine(), {
          person: { account: null, name: person },
          metric,
          answer,
          window: { ...whole, from, to },
          filters,
        });
        print(options.json ? told : beliefLine(told));
      }),
    );
}

function beliefLine({ metric, answer, number, gap, n, from, to, note, absent }: BeliefResponse): string {
  const window = `${metric} from ${from} to ${to}`;
  if (number === null || gap === null)
    return `${window}: believed ${answer} %; the number cannot be told: ${absent[0]?.reason ?? note ?? 'nothing to count'}`;
  return `${window}: believed ${answer} %, is ${number.toFixed(1)} % (n ${n}); gap ${gap > 0 ? '+' : ''}${gap.toFixed(1)} pp`;
}

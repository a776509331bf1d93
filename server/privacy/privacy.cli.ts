import { InvalidArgumentError, type Command } from 'commander';
import type { WithContext } from '../cli-context.js';
import { erasePerson } from './erase-person.js';
import { findPerson } from './find-person.js';
import { applyRetention, readRetention, setRetention, type Retention } from './retention.js';

interface EraseOptions {
  address: string[];
  confirm?: boolean;
  json?: boolean;
}

/** `throughline person erase` and `throughline retention`. */
export function registerPrivacyCommands(program: Command, run: WithContext): void {
  program
    .command('person')
    .description('people of the tools that are read')
    .command('erase <who>')
    .description('takes a name, its addresses and what the person wrote out of everything; numbers stay. <who>: the name or the id')
    .option('--address <address>', 'an address of the person, as often as there are', (text, all: string[]) => [...all, text], [])
    .option('--confirm', 'do it; without this the command tells whom it would erase')
    .option('--json', 'print the outcome as JSON')
    .addHelpText(
      'after',
      '\nNobody can take it back. Backups made before hold the person still: a restored one is to be cleaned by the same command.',
    )
    .action((who: string, { address, confirm, json }: EraseOptions) =>
      run(async ({ pool, print }) => {
        if (confirm !== true) {
          const parties = await findPerson(pool, who);
          const lines = parties.map(({ kind, name, externalId, connection }) => `${kind} ${name} (${externalId}) of ${connection}`);
          return print(json ? parties : `${lines.join('\n')}\nNothing was changed; --confirm erases them.`);
        }
        const erased = await erasePerson(pool, { who, addresses: address });
        const { pseudonym, parties, messages, changed, reportsRemoved } = erased;
        print(
          json
            ? erased
            : `${pseudonym} stands for the person now (${parties} parties). ${messages} messages emptied, ${changed} places changed, ` +
                `${reportsRemoved} kept summaries removed.`,
        );
      }),
    );
  const retention = program
    .command('retention [connection] [days]')
    .description('how many days texts of messages are kept, by connection; "always" keeps them')
    .option('--json', 'print as JSON')
    .action((connection: string | undefined, days: string | undefined, { json }: { json?: boolean }) =>
      run(async ({ pool, print }) => {
        if (connection !== undefined && days !== undefined) await setRetention(pool, connection, readDays(days));
        const all = (await readRetention(pool)).filter((one) => connection === undefined || one.connection === connection);
        print(json ? all : all.map(line).join('\n') || 'no connection yet');
      }),
    );
  retention
    .command('apply')
    .description('takes away now what is older; a running server does it once a day')
    .action(() =>
      run(async ({ pool, print, signal }) => {
        const outcomes = await applyRetention(pool, signal);
        print(
          outcomes
            .map(
              ({ connection, messages, rawVersions, quarantined }) =>
                `${connection}: ${messages} messages emptied, ${rawVersions} older versions and ${quarantined} settled records of the quarantine removed`,
            )
            .join('\n') || 'no connection has a limit',
        );
      }),
    );
}

function line({ connection, keepTextsDays }: Retention): string {
  return `${connection}: ${keepTextsDays === null ? 'always' : `${keepTextsDays} days`}`;
}

function readDays(text: string): number | null {
  if (text === 'always') return null;
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 36_500) throw new InvalidArgumentError('It must be days from 1 to 36500, or "always".');
  return days;
}

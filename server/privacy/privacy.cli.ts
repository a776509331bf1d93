import { InvalidArgumentError, type Command } from 'commander';
import type { WithContext } from '../command-line/cli-context.js';
import { administer } from '../database/pool.js';
import { Refusal } from '../refusal.js';
import { erasePerson } from './erase-person.js';
import { readHeld } from './held.js';
import type { HeldPerson, Retention } from '../api.js';
import { applyRetention } from './apply-retention.js';
import { mostDays, readRetention, setRetention } from './retention.js';

interface EraseOptions {
  address: string[];
  confirm?: boolean;
  json?: boolean;
}

interface RetentionOptions {
  json?: boolean;
  pause?: boolean;
  resume?: boolean;
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
      run(async ({ pool, databaseUrl, print }) => {
        if (confirm !== true) {
          const held = await readHeld(pool, { who, addresses: address });
          return print(json ? held : heldLines(held, address).join('\n'));
        }
        const erased = await administer(databaseUrl, (all) => erasePerson(all, { who, addresses: address }));
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
    .option('--pause', 'take nothing away of the connection for now')
    .option('--resume', 'end the pause')
    .option('--json', 'print as JSON')
    .action((connection: string | undefined, days: string | undefined, { json, pause, resume }: RetentionOptions) =>
      run(async ({ etlPool: pool, print }) => {
        if (pause === true && resume === true) throw new Refusal('--pause and --resume are one or the other.');
        const change = {
          ...(days !== undefined && { keepTextsDays: readDays(days) }),
          ...((pause ?? resume) === true && { isPaused: pause === true }),
        };
        if (Object.keys(change).length > 0) {
          if (connection === undefined) throw new Refusal('Name the connection: throughline retention CONNECTION --pause.');
          await setRetention(pool, connection, change);
        }
        const all = await readRetention(pool, connection);
        print(json ? all : all.map(line).join('\n') || 'no connection yet');
      }),
    );
  retention
    .command('apply')
    .description('takes away now what is older; a running server does it once a day')
    .action(() =>
      run(async ({ etlPool: pool, print, signal }) => {
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

function heldLines({ parties, addresses, counts }: HeldPerson, told: readonly string[]): string[] {
  const untold = addresses.filter((one) => !told.some((address) => address.toLowerCase() === one));
  return [
    ...parties.map(
      ({ kind, name, externalId, connection, items, messages }) =>
        `${kind} ${name} (${externalId}) of ${connection}: ${items} items, ${messages} messages written`,
    ),
    ...counts.places.map(({ table, n }) => `${table}: named in ${n} places`),
    ...(counts.reportsRemoved > 0 ? [`${counts.reportsRemoved} kept summaries name the person and would be removed`] : []),
    ...(untold.length > 0 ? [`Addresses beside the name: ${untold.join(', ')}; --address ADDRESS takes each out too.`] : []),
    'Nothing was changed; --confirm erases them.',
  ];
}

function line({ connection, keepTextsDays, isPaused, lastRun }: Retention): string {
  const last = lastRun === null ? '' : `, looked at ${lastRun.at}`;
  return `${connection}: ${keepTextsDays === null ? 'always' : `${keepTextsDays} days`}${isPaused ? ', paused' : ''}${last}`;
}

function readDays(text: string): number | null {
  if (text === 'always') return null;
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > mostDays)
    throw new InvalidArgumentError(`It must be days from 1 to ${mostDays}, or "always".`);
  return days;
}

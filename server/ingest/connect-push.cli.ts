import { resolve } from 'node:path';
import type { Command } from 'commander';
import { addConnection, listConnections } from '#etl/connections.js';
import { pushConfigSchema } from '#etl/connectors/push/payload.js';
import { readMapping } from '#etl/files/mapping-file.js';
import type { CliContext, WithContext } from '../command-line/cli-context.js';
import { Refusal } from '../refusal.js';
import { makePushToken } from './push-tokens.js';

interface ConnectPushOptions {
  settings?: string;
  replace?: boolean;
  json?: boolean;
}

/** `throughline connect push`. */
export function registerConnectPushCommand(program: Command, run: WithContext): void {
  const connect =
    program.commands.find((command) => command.name() === 'connect') ?? program.command('connect').description('connect a tool');
  connect
    .command('push <name>')
    .description('let a script send its events itself: makes the connection and a token, which is shown once')
    .option('--settings <file>', 'what the source tells and what its statuses mean, see docs/push.md; needed the first time')
    .option('--replace', 'end the tokens made before')
    .option('--json', 'print the outcome as one JSON object')
    .action((name: string, options: ConnectPushOptions) => run((context) => connectPush(context, name, options)));
}

async function connectPush({ etlPool: pool, config, print, note }: CliContext, name: string, options: ConnectPushOptions): Promise<void> {
  const known = (await listConnections(pool)).find((connection) => connection.name === name);
  if (!known && options.settings === undefined)
    throw new Refusal(`There is no connection "${name}" yet: --settings FILE is needed, it says what the source tells; see docs/push.md.`);
  if (known && known.connector !== 'push') throw new Refusal(`"${name}" reads by "${known.connector}"; choose another name.`);
  let id = known?.id ?? '';
  if (options.settings !== undefined) {
    const settings = await readMapping(resolve(options.settings), pushConfigSchema);
    ({ id } = await addConnection(pool, { name, connector: 'push', config: settings }));
  }
  const token = await makePushToken(pool, id, { replaces: options.replace ?? false });
  const url = `http://127.0.0.1:${config.port}/api/ingest/${encodeURIComponent(name)}`;
  note('This token is shown once; whoever has it can send events of this connection.');
  print(
    options.json
      ? { connection: name, token, url }
      : `${token}\n\ncurl -H "Authorization: Bearer ${token}" -H "Content-Type: application/x-ndjson" --data-binary @events.ndjson ${url}`,
  );
}

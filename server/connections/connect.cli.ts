import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { addConnection } from '#etl/connections.js';
import { connectorOf } from '#etl/connections/read.js';
import type { Json } from '#etl/connector.js';
import { builtInConnectors } from '#etl/connectors/index.js';
import { readMapping } from '#etl/files/mapping-file.js';
import type { CliContext, WithContext } from '../command-line/cli-context.js';
import { Refusal } from '../refusal.js';
import { connectorForms, isLive } from './connector-forms.js';
import { defaultEverySeconds, setSchedule } from './schedule.js';
import { SourceAccess } from './source-access.js';

interface ConnectOptions {
  name?: string;
  config?: string;
  set: Record<string, unknown>;
  secretFile: Record<string, string>;
  json?: boolean;
}

/** `throughline connect TOOL`, for every live tool. */
export function registerConnectCommand(program: Command, run: WithContext): void {
  const connect =
    program.commands.find((command) => command.name() === 'connect') ?? program.command('connect').description('connect a tool');
  for (const { id, fields, secrets } of connectorForms()) {
    const wanted = fields.map(
      ({ name, isRequired, choices }) => `${name}${choices.length > 0 ? ` (${choices.join(', ')})` : ''}${isRequired ? '' : ', optional'}`,
    );
    connect
      .command(id)
      .description(`read ${id} from now on; a connection of the same name is brought up to date`)
      .option('--name <name>', `name of the connection; default: ${id}`)
      .option('--config <file>', 'fields in YAML or JSON; --set goes before it')
      .option('--set <field=value>', 'a field, as often as there are fields; lists and objects as JSON', collectField, {})
      .option('--secret-file <name=path>', 'a file that holds a secret', collectText, {})
      .option('--json', 'print the outcome as JSON')
      .addHelpText(
        'after',
        `\nFields: ${wanted.join('; ')}.\nSecrets: ${secrets.join(', ')}; each from --secret-file or the environment: ${secrets.map(variableOf).join(', ')}.` +
          '\nOn the command line others could read them, so they are not taken there.',
      )
      .action((options: ConnectOptions) => run((context) => connectTool(context, id, options)));
  }
}

async function connectTool(context: CliContext, id: string, options: ConnectOptions): Promise<void> {
  const { etlPool: pool, config, print, exitWith, signal } = context;
  const connector = connectorOf(id, builtInConnectors);
  const name = options.name ?? id;
  const secrets = await readSecrets(connector.secretNames, options.secretFile);
  const access = new SourceAccess(config);
  const anyFields = z.record(z.string(), z.unknown());
  const fromFile = options.config === undefined ? {} : anyFields.parse(await readMapping(resolve(options.config), anyFields));
  const fields = { ...fromFile, ...options.set };
  const parsed = connector.configSchema.parse(fields);
  const now = () => new Date();
  const secret = (wanted: string) =>
    wanted in secrets
      ? Promise.resolve(secrets[wanted] ?? '')
      : Promise.reject(new Refusal(`The secret "${wanted}" is missing; see --help.`));
  const found = Object.keys(secrets).length === 0 ? null : await connector.check(parsed, { signal, now, secret, network: access.network });
  if (found && !found.ok) {
    print(options.json ? { name, isOk: false, findings: found.findings } : found.findings.join('\n'));
    return exitWith(1);
  }
  const { network, vault } = access;
  const { change } = await addConnection(pool, { name, connector: id, config: fields as Json, secrets }, { network, vault });
  if (isLive(connector) && change === 'added') await setSchedule(pool, name, defaultEverySeconds);
  const findings = found?.findings ?? [];
  print(
    options.json
      ? { name, isOk: true, change, findings }
      : [...findings, `${name}: ${change}. A running server reads it within seconds; "throughline sync ${name}" reads it now.`].join('\n'),
  );
}

async function readSecrets(names: readonly string[], files: Record<string, string>): Promise<Record<string, string>> {
  const unknown = Object.keys(files).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Refusal(`--secret-file ${unknown}=…: there is no such secret; known: ${names.join(', ')}.`);
  const secrets: Record<string, string> = {};
  for (const name of names) {
    const path = files[name];
    const value = path === undefined ? process.env[variableOf(name)] : await readFile(resolve(path), 'utf8');
    if (value !== undefined && value.trim() !== '') secrets[name] = value.trim();
  }
  return secrets;
}

function variableOf(secret: string): string {
  return `CONNECT_${secret.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase()}`;
}

/** `url=https://…`; what is JSON is read as JSON, so numbers and lists are what they look like. */
function collectField(text: string, before: Record<string, unknown>): Record<string, unknown> {
  const [name, value] = pair(text);
  return { ...before, [name]: /^(-?\d|true$|false$|null$|[[{"])/.test(value) ? parsed(value) : value };
}

function collectText(text: string, before: Record<string, string>): Record<string, string> {
  const [name, value] = pair(text);
  return { ...before, [name]: value };
}

function pair(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError(`"${text}" is not written as name=value.`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}

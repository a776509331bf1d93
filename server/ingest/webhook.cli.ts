import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { listConnections } from '#etl/connections.js';
import type { CliContext, WithContext } from '../command-line/cli-context.js';
import { SourceAccess } from '../connections/source-access.js';
import { Refusal } from '../refusal.js';
import { writeWebhookSecret } from './webhook-secret.js';
import { signings } from './webhook-signature.js';

const variable = 'WEBHOOK_SECRET';
/** Zendesk makes the secret itself and shows it beside the webhook. */
const makeTheirOwn = ['zendesk'];

/** `throughline webhook`. */
export function registerWebhookCommand(program: Command, run: WithContext): void {
  program
    .command('webhook <connection>')
    .description('let the tool say when something has changed, so that it is read at once')
    .option('--secret-file <file>', `a file that holds what the tool signs with; or the environment variable ${variable}`)
    .option('--json', 'print the outcome as one JSON object')
    .addHelpText(
      'after',
      `\nFor ${[...signings.keys()].join(', ')}; see docs/webhooks.md. Where the tool takes a secret of ours, one is made and shown once.`,
    )
    .action((name: string, options: { secretFile?: string; json?: boolean }) => run((context) => setWebhook(context, name, options)));
}

async function setWebhook(
  { etlPool: pool, config, print, note }: CliContext,
  name: string,
  options: { secretFile?: string; json?: boolean },
): Promise<void> {
  const connection = (await listConnections(pool)).find((candidate) => candidate.name === name);
  if (!connection) throw new Refusal(`There is no connection "${name}"; see "throughline connections".`);
  const { connector } = connection;
  if (!signings.has(connector))
    throw new Refusal(
      `"${name}" reads by "${connector}", which sends no signed notices that are known here; known: ${[...signings.keys()].join(', ')}.`,
    );
  const given = options.secretFile === undefined ? process.env[variable] : await readFile(resolve(options.secretFile), 'utf8');
  const secret = given?.trim() ?? '';
  if (secret === '' && makeTheirOwn.includes(connector))
    throw new Refusal(
      `${connector} makes the secret itself: make the webhook there, then give its secret by --secret-file or ${variable}.`,
    );
  const made = secret === '' ? randomBytes(32).toString('base64url') : null;
  await writeWebhookSecret(pool, new SourceAccess(config).vault, name, made ?? secret);
  const path = `/api/webhooks/${encodeURIComponent(name)}`;
  if (made !== null) note('This secret is shown once; enter it in the tool, where it asks for the secret of the webhook.');
  if (options.json) print({ connection: name, path, ...(made === null ? {} : { secret: made }) });
  else print(`${made === null ? '' : `${made}\n\n`}The tool sends its notices to ${path}, at an address of this server that it can reach.`);
}

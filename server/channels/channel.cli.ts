import { readFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import type { ChannelKind, ChannelResponse } from '../api.js';
import { alignedLines } from '../command-line/aligned-lines.js';
import type { CliContext, WithContext } from '../command-line/cli-context.js';
import { SourceAccess } from '../connections/source-access.js';
import { Refusal } from '../refusal.js';
import { addChannel, channelKinds, channelNamed, readChannels, removeChannel } from './channels.js';
import type { ChannelReach } from './deliver.js';
import { NewChannel } from './new-channel.js';
import { channelTransport } from './post-once.js';
import { sendTest, testMessage } from './send-test.js';

interface AddOptions {
  kind: ChannelKind;
  address?: string;
  urlFile?: string;
  secretFile?: string;
  by: string;
  json?: boolean;
}

/** `throughline channel add`, `list`, `test` and `remove`. */
export function registerChannelCommand(program: Command, run: WithContext): void {
  const channel = program.command('channel').description('where alerts are told: mail, Slack, or a signed webhook');
  channel
    .command('add')
    .description('keeps a channel; web addresses and secrets are sealed')
    .argument('<name>', 'as alerts will name it')
    .addOption(new Option('--kind <kind>', 'what it is').choices(channelKinds).makeOptionMandatory())
    .option('--address <mail>', 'of a channel by mail')
    .option('--url-file <path>', 'a file with the web address that takes the messages')
    .option('--secret-file <path>', 'a file with what messages to a webhook are signed with')
    .requiredOption('--by <name>', 'who adds it')
    .option('--json', 'print the channel as JSON')
    .addHelpText('after', '\nA Slack address is one of an incoming webhook. How webhooks are signed: docs/alerts.md.')
    .action((name: string, options: AddOptions) =>
      run(async ({ pool, config, print }) => {
        const given = { name, kind: options.kind, addedBy: options.by, ...(await particulars(options)) };
        const read = NewChannel.safeParse(given);
        if (!read.success) throw new Refusal(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' '));
        const added = await addChannel(pool, new SourceAccess(config).vault, read.data);
        print(options.json ? added : `"${added.name}" tells ${added.destination}. Try it with throughline channel test "${added.name}".`);
      }),
    );
  channel
    .command('list')
    .description('all channels, and whether they get through')
    .option('--json', 'print one JSON array')
    .action((options: { json?: boolean }) =>
      run(async ({ pool, print }) => {
        const channels = await readChannels(pool);
        print(options.json ? channels : channels.length === 0 ? 'There is no channel yet.' : channelLines(channels).join('\n'));
      }),
    );
  channel
    .command('test')
    .description('sends a message marked as a test')
    .argument('<name>')
    .action((name: string) =>
      run(async (context) => {
        const found = await channelNamed(context.pool, name);
        const error = await withReach(context, (reach) => sendTest(reach, found, [testMessage('en', found.name)]));
        if (error === null)
          return context.print(`${found.destination} has taken the test${found.kind === 'mail' ? ' into the outbox' : ''}.`);
        context.print(`It did not get through: ${error}`);
        context.exitWith(1);
      }),
    );
  channel
    .command('remove')
    .description('tells nothing there any more')
    .argument('<name>')
    .action((name: string) =>
      run(async ({ pool, print }) => {
        const found = await channelNamed(pool, name);
        await removeChannel(pool, found.id);
        const silent = found.alerts.length === 0 ? '' : ` Told there no more: ${found.alerts.join(', ')}.`;
        print(`"${name}" is removed.${silent}`);
      }),
    );
}

/** Runs with what reaches the outside, closed afterwards. */
export async function withReach<T>({ pool, config, signal }: CliContext, work: (reach: ChannelReach) => Promise<T>): Promise<T> {
  const send = channelTransport(config.privateHosts);
  try {
    return await work({ pool, vault: new SourceAccess(config).vault, send, signal });
  } finally {
    send.close();
  }
}

async function particulars({ kind, address, urlFile, secretFile }: AddOptions): Promise<Record<string, string>> {
  if (kind === 'mail') return { address: given(address, '--address') };
  const url = (await readFile(given(urlFile, '--url-file'), 'utf8')).trim();
  if (kind === 'slack') return { url };
  return { url, secret: (await readFile(given(secretFile, '--secret-file'), 'utf8')).trim() };
}

function given(value: string | undefined, option: string): string {
  if (value === undefined) throw new Refusal(`${option} is missing; a channel of this kind needs it.`);
  return value;
}

function channelLines(channels: readonly ChannelResponse[]): string[] {
  return alignedLines<ChannelResponse>(
    [
      ['channel', ({ name }) => name],
      ['kind', ({ kind }) => kind],
      ['tells', ({ destination }) => destination],
      ['last', ({ lastSentAt }) => lastSentAt?.slice(0, 16) ?? ''],
      ['alerts', ({ alerts }) => alerts.join(', ')],
      ['failing', ({ failing }) => (failing === null ? '' : `since ${failing.since.slice(0, 16)}: ${failing.error}`)],
    ],
    channels,
  );
}

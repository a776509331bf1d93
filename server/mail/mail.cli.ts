import { Option, type Command } from 'commander';
import type { MailLine, MailState } from '../api.js';
import type { WithContext } from '../command-line/cli-context.js';
import { Refusal } from '../refusal.js';
import { checkMail } from './check.js';
import { mailStates, readMessages, retryFailed, retryMessage } from './messages.js';
import { mailFolder, openDelivery } from './open-delivery.js';

/** `throughline mail test`, `mail list` and `mail retry`. */
export function registerMailCommand(program: Command, run: WithContext): void {
  const mail = program.command('mail').description('messages: whether they can be sent, and what became of them');
  mail
    .command('test <address>')
    .description('send a test message now and say, step by step, how far it got')
    .option('--json', 'print the steps as JSON')
    .addHelpText('after', '\nExit codes: 0 sent; 1 a step failed.')
    .action((address: string, { json }: { json?: boolean }) =>
      run(async ({ config, print, note, exitWith }) => {
        const steps = await checkMail(config.mail, openDelivery(config), address, new Date());
        if (!config.mail.smtp) note(`THROUGHLINE_SMTP_URL is not set: the message is put into ${mailFolder(config)}.`);
        print(
          json
            ? steps
            : steps
                .map(({ step, isDone, words, remedy }) => (isDone ? `ok    ${step}` : `FAIL  ${step}: ${words}\n      ${remedy}`))
                .join('\n'),
        );
        if (steps.some(({ isDone }) => !isDone)) exitWith(1);
      }),
    );
  mail
    .command('list')
    .description('the newest messages: state, reason, next attempt')
    .addOption(new Option('--state <state>', 'only these').choices(mailStates))
    .option('--limit <number>', 'how many', '50')
    .option('--json', 'print them as JSON')
    .action(({ state, limit, json }: { state?: MailState; limit: string; json?: boolean }) =>
      run(async ({ pool, print }) => {
        if (!/^[1-9]\d{0,3}$/.test(limit)) throw new Refusal(`--limit "${limit}" is not a number from 1 to 9999.`);
        const messages = await readMessages(pool, { state, limit: Number(limit) });
        print(json ? messages : messages.map(messageLine).join('\n') || 'no messages');
      }),
    );
  mail
    .command('retry <id>')
    .description('try a message again now; "failed" for all that failed')
    .action((id: string) =>
      run(async ({ pool, print }) => {
        if (id === 'failed') return print(`${await retryFailed(pool, new Date())} messages are tried again by the running server.`);
        if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
          throw new Refusal(`"${id}" is no id of a message; throughline mail list names them.`);
        print(messageLine(await retryMessage(pool, id, new Date())));
      }),
    );
}

function messageLine({ id, recipient, subject, state, reason, answer, attempts, queuedAt, nextAt, sentAt }: MailLine): string {
  const next = sentAt === null ? (nextAt === null ? 'not tried again by itself' : `next ${nextAt}`) : `sent ${sentAt}`;
  return [
    id,
    state,
    recipient,
    subject,
    `queued ${queuedAt}`,
    `${attempts} attempts`,
    next,
    ...(reason === null ? [] : [`${reason}: ${answer ?? ''}`]),
  ].join('  ');
}

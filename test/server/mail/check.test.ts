import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MailSettings, SmtpServer } from '#server/mail/settings.js';
import { checkMail, type StepChecked } from '#server/mail/check.js';
import { folderDelivery } from '#server/mail/folder.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { answer, SmtpCatcher } from './smtp-catcher.js';

const server = new SmtpCatcher();
const asking = new SmtpCatcher({
  disabledCommands: ['STARTTLS'],
  authOptional: false,
  allowInsecureAuth: true,
  onAuth: ({ password }, _session, done) =>
    password === 'right' ? done(null, { user: 'ada' }) : done(Object.assign(new Error('No'), { responseCode: 535 })),
});

beforeAll(() => Promise.all([server.start(), asking.start()]));
afterAll(() => Promise.all([server.stop(), asking.stop()]));

function check(smtp: SmtpServer, to = 'ada@company.test', told: Partial<MailSettings> = {}, by = server): Promise<StepChecked[]> {
  const settings = { smtp, from: { name: '', address: 'reports@company.test' }, domains: [], ...told };
  return checkMail(settings, by.delivery(smtp), to, new Date());
}

function said(steps: StepChecked[]): string[] {
  return steps.map(({ step, isDone }) => `${step} ${isDone}`);
}

test('all steps are named where all goes well', async () => {
  server.behaviour = {};
  expect(said(await check(server.at()))).toEqual([
    'name found true',
    'connected true',
    'sender accepted true',
    'recipient accepted true',
    'message taken true',
    'sent true',
  ]);
  const login = { user: 'ada', password: 'right' };
  expect(said(await check(asking.at({ login }), undefined, {}, asking))).toContain('logged in true');
});

test('a name nobody knows and a port nobody listens on are told apart', async () => {
  const noName = await check(server.at({ host: 'mail.nowhere.invalid' }));
  expect(said(noName)).toEqual(['name found false']);
  expect(noName[0]?.remedy).toContain('correct it in THROUGHLINE_SMTP_URL');
  const noPort = await check(server.at({ port: 1 }));
  expect(said(noPort)).toEqual(['name found true', 'connected false']);
  expect(noPort[1]?.remedy).toContain('Nobody answers as a mail server at 127.0.0.1:1');
});

test('a certificate nobody signed is named with the remedy', async () => {
  const selfSigned = new SmtpCatcher({ disabledCommands: ['AUTH'] });
  await selfSigned.start();
  const steps = await check(selfSigned.at({ tls: 'starttls' }), undefined, {}, selfSigned);
  await selfSigned.stop();
  expect(said(steps)).toEqual(['name found true', 'connected true', 'encrypted false']);
  expect(steps[2]?.remedy).toContain('NODE_EXTRA_CA_CERTS');
});

test('a wrong password is named, and not said', async () => {
  const steps = await check(asking.at({ login: { user: 'ada', password: 'wrong-one' } }), undefined, {}, asking);
  expect(said(steps)).toEqual(['name found true', 'connected true', 'logged in false']);
  expect(JSON.stringify(steps)).not.toContain('wrong-one');
});

test('who refuses the recipient is quoted', async () => {
  server.behaviour = {
    onRecipient: () => {
      throw answer(550, 'No such person');
    },
  };
  const steps = await check(server.at());
  expect(said(steps).at(-1)).toBe('recipient accepted false');
  expect(steps.at(-1)?.words).toContain('550 No such person');
});

test('an address that is none, or not allowed, is not tried', async () => {
  await expect(check(server.at(), 'a@b.test, evil@x.test')).rejects.toThrow('is no address');
  await expect(check(server.at(), 'a@b.test', { domains: ['company.test'] })).rejects.toThrow('THROUGHLINE_MAIL_DOMAINS');
});

const directory = await temporaryDirectory('mail');

test('without a mail server the folder is checked', async () => {
  const settings = { smtp: null, from: { name: '', address: 'reports@company.test' }, domains: [] };
  await writeFile(join(directory, 'file'), '');
  expect(said(await checkMail(settings, folderDelivery(directory), 'ada@company.test', new Date()))).toEqual(['message taken true']);
  expect(said(await checkMail(settings, folderDelivery(join(directory, 'file', 'mail')), 'ada@company.test', new Date()))).toEqual([
    'message taken false',
  ]);
});

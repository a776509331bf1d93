import { afterAll, expect, test } from 'vitest';
import { NewChannel } from '#server/channels/new-channel.js';
import { channelTransport, postOnce } from '#server/channels/post-once.js';
import { receiver } from './receiver.js';

const hook = await receiver();
const port = hook.host.split(':')[1] ?? '';
const send = channelTransport([]);
afterAll(() => send.close());

const own = ['127.0.0.1', '2130706433', '0x7f.1', '127.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0'].map(
  (host) => `http://${host}:${port}/`,
);
const others = [
  'http://169.254.169.254/latest/meta-data/',
  'http://[fd00:ec2::254]/',
  'http://100.100.100.200/',
  'http://10.0.0.1/',
  'http://192.168.1.1/',
  'http://[64:ff9b::7f00:1]/',
];

test.each([...own, ...others])('%s is not asked', async (url) => {
  const outcome = await postOnce(send, { url, body: '{}', now: new Date(), signal: new AbortController().signal });
  expect(outcome.kind).toBe('refused');
  expect(hook.received).toHaveLength(0);
});

test('a private address is asked where it is allowed, metadata never', async () => {
  const allowed = channelTransport([hook.host, '169.254.169.254:80']);
  const post = (url: string) => postOnce(allowed, { url, body: '{}', now: new Date(), signal: new AbortController().signal });
  expect(await post(`${hook.origin}/in`)).toEqual({ kind: 'sent' });
  expect(await post('http://169.254.169.254/')).toMatchObject({ kind: 'refused' });
  allowed.close();
});

test.each(['file:///etc/passwd', 'gopher://x.test/', 'https://user:secret@hooks.test/', 'nonsense'])('%s is no channel', (url) => {
  expect(NewChannel.safeParse({ kind: 'slack', name: 'x', addedBy: 'Ann', url }).success).toBe(false);
});

test('an address of mail is plain, and unknown fields are refused', () => {
  const mail = { kind: 'mail', name: 'x', addedBy: 'Ann', address: 'ann@company.test' };
  expect(NewChannel.safeParse(mail).success).toBe(true);
  expect(NewChannel.safeParse({ ...mail, address: 'a@b.test\r\nRCPT TO:<evil@x.test>' }).success).toBe(false);
  expect(NewChannel.safeParse({ ...mail, url: 'https://x.test' }).success).toBe(false);
  expect(NewChannel.safeParse({ ...mail, kind: 'webhook', address: undefined, url: 'https://x.test', secret: 'short' }).success).toBe(
    false,
  );
});

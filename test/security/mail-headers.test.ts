import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseAddress } from '#server/mail/address.js';
import { composeLetter } from '#server/mail/letter.js';
import { SmtpCatcher } from '../server/mail/smtp-catcher.js';

const catcher = new SmtpCatcher();
beforeAll(() => catcher.start());
afterAll(() => catcher.stop());

const good = 'ann@company.test';
const ends = ['\r\n', '\n', '\r', '\u2028', '\u0085', '%0d%0a', '\r\n ', '\0', '\t\r\n'];
const commands = [
  'Bcc: evil@x.test',
  'RCPT TO:<evil@x.test>',
  'To: evil@x.test',
  '.\r\nMAIL FROM:<evil@x.test>',
  'Content-Type: text/html',
  '\r\n<script>1</script>',
];
const injected = ends.flatMap((end) => commands.map((command) => `${end}${command}`));

const addresses = [
  ...injected.flatMap((text) => [`${good}${text}`, `ann${text}@company.test`, `"ann${text}"@company.test`]),
  'a: evil@x.test, ann@company.test;',
  'group:evil@x.test;',
  'ann@company.test, evil@x.test',
  'ann@company.test;evil@x.test',
  'ann@company.test evil@x.test',
  '<evil@x.test>ann@company.test',
  'ann@company.test(x)evil.test',
  'ann@(evil.test)company.test',
  'ann@company.test\u0000@evil.test',
  '"evil@x.test"@company.test',
  '"a\\"@evil.test>"@company.test',
  'ann@[127.0.0.1]',
  'ann@company.test.',
  'ann@ｃompany.test',
  'ann@xn--.test\u200b',
  '=?utf-8?q?evil=40x.test=3e?=@company.test',
  'ann%evil.test@company.test\n',
  '@evil.test:ann@company.test',
  'ann@company.test>\r\nDATA',
  'ann@company..test',
];

test('no address is read out of a text that is not one plain address', () => {
  const taken = addresses.filter((text) => {
    try {
      return parseAddress(text).address !== '';
    } catch {
      return false;
    }
  });
  console.log(`mail: addresses=${addresses.length} taken=${taken.length} names and subjects=${injected.length}`);
  expect(taken).toEqual([]);
});

test('no name, subject or file name adds a recipient, a header or a command', async () => {
  const delivery = catcher.delivery();
  for (const text of injected) {
    const to = parseAddress(good, `Ann${text}`);
    const letter = await composeLetter(
      {
        to,
        subject: `Summary${text}`,
        text: `Body${text}`,
        html: '<p>x</p>',
        attachments: [{ fileName: `summary${text}.pdf`, contentType: 'application/pdf', bytes: new Uint8Array([1]) }],
      },
      {
        from: parseAddress('reports@company.test', `Reports${text}`),
        messageId: '<1@company.test>',
        sentAt: new Date('2026-03-02T08:00:00Z'),
      },
    );
    await delivery.deliver(letter, async () => undefined);
  }
  expect(catcher.caught).toHaveLength(injected.length);
  for (const { from, to, raw } of catcher.caught) {
    expect([from, to]).toEqual(['reports@company.test', [good]]);
    const headers = raw
      .slice(0, raw.indexOf('\r\n\r\n'))
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => line.split(':')[0]);
    expect([...headers].sort()).toEqual(['Auto-Submitted', 'Content-Type', 'Date', 'From', 'MIME-Version', 'Message-ID', 'Subject', 'To']);
  }
});

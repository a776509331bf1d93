import { expect, test } from 'vitest';
import { isSameSignature, signingOf, signings } from '#server/ingest/webhook-signature.js';

function isSigned(tool: string, secret: string, headers: Record<string, string>, body: string): boolean {
  const signing = signings.get(tool);
  const given = signing?.given(headers);
  return (
    signing !== undefined &&
    given !== null &&
    given !== undefined &&
    isSameSignature(signingOf(secret, signing, headers).update(body).digest(), given)
  );
}

const everybody = "It's a Secret to Everybody";

test('the example of GitHub', () => {
  // https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries#testing-the-webhook-payload-validation
  const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
  expect(isSigned('github', everybody, { 'x-hub-signature-256': signature }, 'Hello, World!')).toBe(true);
  expect(isSigned('github', everybody, { 'x-hub-signature-256': signature }, 'Hello, World?')).toBe(false);
  // The older header, and the header of Jira, are no proof.
  expect(isSigned('github', everybody, { 'x-hub-signature': signature }, 'Hello, World!')).toBe(false);
});

test('the example of Atlassian', () => {
  // https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/#Examples, of the scheme that Jira uses
  const signature = 'sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9';
  expect(isSigned('jira', everybody, { 'x-hub-signature': signature }, 'Hello World!')).toBe(true);
  expect(isSigned('jira', 'another secret', { 'x-hub-signature': signature }, 'Hello World!')).toBe(false);
  expect(isSigned('jira', everybody, { 'x-hub-signature': signature.replace('sha256', 'sha1') }, 'Hello World!')).toBe(false);
});

test('Zendesk signs the time and then the body', () => {
  const timestamp = '2021-07-25T10:00:00Z';
  const zendesk = (secret: string, signature: string) =>
    isSigned(
      'zendesk',
      secret,
      { 'x-zendesk-webhook-signature': signature, 'x-zendesk-webhook-signature-timestamp': timestamp },
      '{"say": "hello"}',
    );
  // The secret for tests of https://developer.zendesk.com/documentation/webhooks/verifying/
  // printf '2021-07-25T10:00:00Z{"say": "hello"}' | openssl dgst -sha256 -hmac "$secret" -binary | base64
  expect(zendesk('dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==', 'gf3v0LzLRHPUnIdhbvwRDVEvzSb07/QN0GYjSNlkBT0=')).toBe(true);
  // The example of an early state of that page, which had the body first.
  expect(zendesk('HRkRd4BeOAoUkfZr-mhauJT64rvBASlJRoIyPsd3zeA=', 'tRDSF7URY8BLCDlaBcQ7FHu051Zk+aAB0NKMP53teMw=')).toBe(false);
});

test.each([
  ['github', 'x-hub-signature-256', 'sha256='],
  ['github', 'x-hub-signature-256', `sha256=${'0'.repeat(63)}`],
  ['jira', 'x-hub-signature', 'sha256=zz'],
  ['zendesk', 'x-zendesk-webhook-signature', 'AAAA'],
  ['zendesk', 'x-zendesk-webhook-signature', ''],
])('%s: what is no signature is none', (tool, header, value) => {
  expect(signings.get(tool)?.given({ [header]: value })).toBeNull();
});

import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createTransport } from '#etl/http/transport.js';
import { bucketLimits, uploadFile } from '#server/export-schedules/bucket.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { trialBucket, trialKey } from './trial-bucket.js';

const directory = await temporaryDirectory('bucket');
const storage = await trialBucket();
const send = createTransport([storage.host], bucketLimits);
afterAll(() => send.close());
const path = join(directory, 'file.bin');
const target = { endpoint: storage.endpoint, region: storage.region, bucket: 'exports', ...trialKey };
const waits: number[] = [];
const options = {
  send,
  now: () => new Date(),
  signal: new AbortController().signal,
  sleep: async (ms: number) => waits.push(ms),
};

beforeEach(() => {
  storage.objects.clear();
  storage.open.clear();
  storage.asked.length = 0;
  storage.instead = () => null;
  waits.length = 0;
});

test('a file is put under its key, signed with what it holds', async () => {
  await writeFile(path, 'one,two\n1,2\n');
  await uploadFile(target, 'daily exports/items (1)+é.csv', path, options);
  expect([...storage.objects].map(([key, bytes]) => [decodeURIComponent(key), String(bytes)])).toEqual([
    ['/exports/daily exports/items (1)+é.csv', 'one,two\n1,2\n'],
  ]);
});

test('a large one goes in parts, and is there when all of them are', async () => {
  const bytes = randomBytes(250_000);
  await writeFile(path, bytes);
  await uploadFile(target, 'big.bin', path, { ...options, wholeBytes: 100_000, partBytes: 100_000 });
  expect(storage.objects.get('/exports/big.bin')?.equals(bytes)).toBe(true);
  expect(storage.asked.filter((one) => one.startsWith('PUT'))).toHaveLength(3);
  expect(storage.open.size).toBe(0);
});

test('what fails between its parts is taken back', async () => {
  await writeFile(path, randomBytes(250_000));
  storage.instead = (asked) => (asked.includes('partNumber=2') ? { status: 503, body: '<Error><Code>SlowDown</Code></Error>' } : null);
  const upload = uploadFile(target, 'big.bin', path, { ...options, wholeBytes: 100_000, partBytes: 100_000 });
  await expect(upload).rejects.toThrow(`${storage.host} answered 503 (SlowDown).`);
  expect([storage.objects.size, storage.open.size, waits]).toEqual([0, 0, [1_000, 4_000]]);
});

test('a failure that comes with a 200 is one', async () => {
  await writeFile(path, randomBytes(250_000));
  storage.instead = (asked) =>
    asked.startsWith('POST') && asked.includes('uploadId') ? { status: 200, body: '<Error><Code>InternalError</Code></Error>' } : null;
  const upload = uploadFile(target, 'big.bin', path, { ...options, wholeBytes: 100_000, partBytes: 100_000 });
  await expect(upload).rejects.toThrow('The storage could not put the parts together: InternalError.');
  expect([storage.objects.size, storage.open.size]).toEqual([0, 0]);
});

test('a storage that is down for a moment is asked again', async () => {
  await writeFile(path, 'x');
  let times = 0;
  storage.instead = () => ((times += 1) < 3 ? { status: 500, body: '' } : null);
  await uploadFile(target, 'x.csv', path, options);
  expect([String(storage.objects.get('/exports/x.csv')), waits]).toEqual(['x', [1_000, 4_000]]);
});

test.each([
  [{ secretAccessKey: 'wrong' }, 'SignatureDoesNotMatch'],
  [{ accessKeyId: 'AKIAOTHER' }, 'InvalidAccessKeyId'],
])('a wrong key is refused and not tried again', async (wrong, code) => {
  await writeFile(path, 'x');
  const upload = uploadFile({ ...target, ...wrong }, 'x.csv', path, options);
  await expect(upload).rejects.toThrow(
    `${storage.host} answered 403 (${code}); check the address, the region, the bucket and what its key may do.`,
  );
  expect([storage.objects.size, storage.asked.length, waits]).toEqual([0, 1, []]);
});

test('an address on a private network is asked only where it is allowed', async () => {
  await writeFile(path, 'x');
  const strict = createTransport([], bucketLimits);
  await expect(uploadFile(target, 'x.csv', path, { ...options, send: strict })).rejects.toThrow(/lies on a private network/);
  const metadata = { ...target, endpoint: 'http://169.254.169.254/' };
  await expect(uploadFile(metadata, 'x.csv', path, options)).rejects.toThrow(/is an address that is never asked/);
  strict.close();
  expect(storage.asked).toEqual([]);
});

test('a key leaves its bucket by no path', async () => {
  await writeFile(path, 'x');
  await expect(uploadFile(target, '../../other/x.csv', path, options)).rejects.toThrow(/lies outside|not an address/);
  expect(storage.objects.size).toBe(0);
});

import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { jsonLines } from '#server/http/json-lines.js';
import { Missing } from '#server/refusal.js';

async function* oneThen(end: () => void, onReturn: () => void = () => undefined): AsyncGenerator<object, void> {
  try {
    yield { one: 1 };
    end();
    yield { two: 'a\nb' };
  } finally {
    onReturn();
  }
}

test('each object is a line', async () => {
  expect(await text(await jsonLines(() => oneThen(() => undefined), 'GET /x'))).toBe('{"one":1}\n{"two":"a\\nb"}\n');
});

test('what fails after the first line is told by the last one', async () => {
  const lines = await text(
    await jsonLines(
      () =>
        oneThen(() => {
          throw new Missing('There is no second.');
        }),
      'GET /x',
    ),
  );
  expect(lines.split('\n').map((line) => (line === '' ? '' : JSON.parse(line)))).toEqual([
    { one: 1 },
    { error: { statusCode: 404, message: 'There is no second.', errorId: expect.stringMatching(/^[0-9a-f-]{36}$/) } },
    '',
  ]);
});

test('what fails before the first line is thrown', async () => {
  // eslint-disable-next-line require-yield
  const failing = (async function* (): AsyncGenerator<object, void> {
    throw new Missing('There is none.');
  })();
  await expect(jsonLines(() => failing, 'GET /x')).rejects.toThrow('There is none.');
});

test('who leaves ends the work', async () => {
  const done = Promise.withResolvers<void>();
  const lines = await jsonLines(
    () =>
      oneThen(
        () => undefined,
        () => done.resolve(),
      ),
    'GET /x',
  );
  for await (const line of lines) {
    expect(String(line)).toBe('{"one":1}\n');
    break;
  }
  await done.promise;
});

test('what is under way hears when who asked leaves', async () => {
  const [waits, hears] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()];
  const lines = await jsonLines(async function* (left) {
    yield { one: 1 };
    const broken = new Promise<never>((_, reject) => left.addEventListener('abort', () => reject(left.reason as Error)));
    waits.resolve();
    await broken.catch((error: unknown) => hears.resolve(String(error)));
  }, 'GET /x');
  lines.resume();
  await waits.promise;
  lines.destroy();
  expect(await hears.promise).toMatch(/^AbortError/);
});

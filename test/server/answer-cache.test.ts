import { expect, test } from 'vitest';
import { AnswerCache } from '#server/answer-cache.js';

/** Counts how often it was asked to compute. */
function computation(answers: (() => string)[]) {
  let begun = 0;
  return {
    begun: () => begun,
    compute: async () => {
      const answer = answers[begun++];
      await new Promise((resolve) => setImmediate(resolve));
      if (!answer) throw new Error('asked once too often');
      return answer();
    },
  };
}

test('who asks the same at the same time, or later, shares one computation', async () => {
  const cache = new AnswerCache(10);
  const { begun, compute } = computation([() => 'forty-two']);
  const question = ['board', { from: '2026-01-01' }];
  expect(await Promise.all([cache.get(question, compute), cache.get([...question], compute)])).toEqual(['forty-two', 'forty-two']);
  expect(await cache.get(question, compute)).toBe('forty-two');
  expect(begun()).toBe(1);
});

test('another version of the facts is another question', async () => {
  const cache = new AnswerCache(10);
  const { compute } = computation([() => 'old', () => 'new']);
  expect(await cache.get(['metric', 1], compute)).toBe('old');
  expect(await cache.get(['metric', 2], compute)).toBe('new');
});

test('a computation that failed is tried again by the next who asks', async () => {
  const cache = new AnswerCache(10);
  const failing = () => {
    throw new Error('no answer today');
  };
  const { compute } = computation([failing, () => 'an answer']);
  await expect(cache.get('question', compute)).rejects.toThrow('no answer today');
  expect(await cache.get('question', compute)).toBe('an answer');
});

test('the answer that nobody asked for longest goes first', async () => {
  const cache = new AnswerCache(2);
  const { begun, compute } = computation([() => 'a', () => 'b', () => 'c', () => 'b again']);
  await cache.get('a', compute);
  await cache.get('b', compute);
  await cache.get('a', compute);
  await cache.get('c', compute);
  expect(await cache.get('a', compute)).toBe('a');
  expect(await cache.get('b', compute)).toBe('b again');
  expect(begun()).toBe(4);
});

test('who leaves takes its answer from nobody else: another one who waits asks anew', async () => {
  const cache = new AnswerCache(10);
  const left = new AbortController();
  const { begun, compute } = computation([
    () => {
      left.signal.throwIfAborted();
      return 'for who left';
    },
    () => 'for who stayed',
  ]);
  const [leaving, staying] = [cache.get('question', compute), cache.get('question', compute)];
  left.abort();
  await expect(leaving).rejects.toThrow(/aborted/);
  expect(await staying).toBe('for who stayed');
  expect(begun()).toBe(2);
});

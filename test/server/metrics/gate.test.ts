import { expect, test } from 'vitest';
import { gate } from '#server/metrics/gate.js';

/** Works that end when they are told to. */
function works(count: number) {
  const begun: number[] = [];
  const end: ((fails?: boolean) => void)[] = [];
  const work = (n: number) => () =>
    new Promise<number>((resolve, reject) => {
      begun.push(n);
      end[n] = (fails = false) => (fails ? reject(new Error(`work ${n} failed`)) : resolve(n));
    });
  return { begun, end, all: Array.from({ length: count }, (_, n) => work(n)) };
}

const breath = () => new Promise((resolve) => setImmediate(resolve));

test('two go on at once, the third begins when one of them ends, and each gets its own result', async () => {
  const { begun, end, all } = works(3);
  const pass = gate(2);
  const results = all.map((work) => pass(work));
  await breath();
  expect(begun).toEqual([0, 1]);
  end[1]?.();
  await breath();
  expect(begun).toEqual([0, 1, 2]);
  end[2]?.();
  end[0]?.();
  expect(await Promise.all(results)).toEqual([0, 1, 2]);
});

test('one that fails makes room like any other', async () => {
  const { begun, end, all } = works(2);
  const pass = gate(1);
  const [first, second] = all.map((work) => pass(work));
  await breath();
  end[0]?.(true);
  await expect(first).rejects.toThrow('work 0 failed');
  await breath();
  expect(begun).toEqual([0, 1]);
  end[1]?.();
  expect(await second).toBe(1);
});

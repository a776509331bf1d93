import { cpus, loadavg } from 'node:os';
import { afterAll, describe, expect, test } from 'vitest';
import { growth, keep, line, type Figure } from './figures.js';
import { benchCopy, bareYear, benchRebuild } from './in-process.js';
import { keptCompany, sizes, type Size } from './kept-company.js';
import { benchServer } from './over-http.js';

/** `SIZES=10k,100k`: only those. The largest takes some ten minutes, and three more to be made the first time. */
const asked = (process.env['SIZES'] ?? Object.keys(sizes).join(',')).split(',').filter((name): name is Size => name in sizes);

const tell = (text: string) => process.stdout.write(`${text}\n`);

describe.each(asked)('a company of %s items', (size) => {
  test('is rebuilt, copied and asked', { timeout: 1_800_000 }, async () => {
    const company = await keptCompany(size);
    const figures: Figure[] = [];
    const found = (more: readonly Figure[]) => {
      for (const figure of more) tell(`${size} | ${line(figure)}`);
      figures.push(...more);
    };
    try {
      const load = loadavg()[0] ?? 0;
      tell(`${size} | ${company.items} items, ${company.events} events; ${cpus().length} processors, load ${load.toFixed(1)} before`);
      if (load > 1) tell(`${size} | others are at work on this machine: times are too long and rates too low`);
      found(await benchRebuild(company));
      found(await benchCopy(company));
      const bare = await bareYear(company);
      found(await benchServer(company, bare, (text) => tell(`${size} | ${text}`)));
    } finally {
      await company.close();
    }
    await keep(size, figures);
    expect(figures.filter(({ work, value }) => work.startsWith('of them, torn') && value > 0)).toEqual([]);
  });
});

afterAll(async () => tell(`\n${await growth()}`));

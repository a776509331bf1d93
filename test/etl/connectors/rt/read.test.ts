import { describe, expect, it } from 'vitest';
import { rtConnector } from '#etl/connectors/rt/connector.js';
import { idsOf, readingOf } from '../../../support/scripted-source/reading.js';
import type { Tool } from '../../../support/scripted-source/server.js';
import { rtTool } from './tool.js';

/** A reader of a fake Request Tracker; `change` may answer in its place. */
function reading(change: Tool = rtTool) {
  const history = { items: 30, events: 3, fields: ['status', 'team', 'person', 'due'] as const, hasComments: true };
  return readingOf(rtConnector, 'tickets', change, history, (url) => ({ url }));
}

/** As an account without all rights sees it: RT says no numbers. */
const withoutTotals: Tool = (request, source) => {
  const answer = rtTool(request, source);
  const body = answer.body as { total?: number };
  return typeof body.total === 'number' ? { ...answer, body: { ...body, total: null } } : answer;
};

describe('reading a Request Tracker', () => {
  it('reads every ticket once, and nothing more where nothing is new', async () => {
    const { read, source, asked } = await reading();
    const pages = await read(null);
    expect(idsOf(pages)).toHaveLength(30);
    expect(new Set(idsOf(pages)).size).toBe(30);
    asked.length = 0;
    source.advance(900_000);
    expect(idsOf(await read(pages.at(-1)?.next ?? null))).toEqual([]);
    expect(asked.map(({ path }) => path)).toEqual(['/REST/2.0/queues', '/REST/2.0/transactions']);
  });

  it('reads a ticket again when something happened to it', async () => {
    const { read, source } = await reading();
    const cursor = (await read(null)).at(-1)?.next ?? null;
    const at = '2026-02-01T00:10:00.000Z';
    source.history[4]?.events.push({ id: 9_000, at, visibleAt: at, actor: 11, kind: 'comment', isPublic: true, text: 'Here.' });
    source.advance(900_000);
    expect(idsOf(await read(cursor))).toEqual(['5']);
  });

  it('reads all where the account may not see numbers', async () => {
    const { read, config, context } = await reading(withoutTotals);
    expect(new Set(idsOf(await read(null))).size).toBe(30);
    const { findings } = await rtConnector.check(config, context);
    expect(findings[1]).toMatch(/^The account is no superuser/);
  });

  it('looks once a day at what came late', async () => {
    const { read, source } = await reading();
    const say = (item: number, at: string, visibleAt: string, id: number) =>
      source.history[item - 1]?.events.push({ id, at, visibleAt, actor: 11, kind: 'comment', isPublic: true, text: 'Here.' });
    let cursor = (await read(null)).at(-1)?.next ?? null;
    const readOn = async (hours: number) => {
      source.advance(hours * 3_600_000);
      const pages = await read(cursor);
      cursor = pages.at(-1)?.next ?? null;
      return pages
        .flatMap(({ records }) => records)
        .map((record) => ('externalId' in record ? [record.externalId, record.isLate ?? false] : []));
    };
    say(1, '2026-02-01T00:10:00.000Z', '2026-02-01T00:10:00.000Z', 9_001);
    say(5, '2026-02-01T00:09:00.000Z', '2026-02-01T06:00:00.000Z', 9_000);
    expect(await readOn(1)).toEqual([['1', false]]);
    expect(await readOn(11)).toEqual([]);
    expect(await readOn(12)).toEqual([
      ['5', true],
      ['1', true],
    ]);
    expect(await readOn(1)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { chatwootConnector } from '#etl/connectors/chatwoot/connector.js';
import { idsOf, readingOf } from '../../../support/scripted-source/reading.js';
import type { Tool } from '../../../support/scripted-source/server.js';
import { chatwootTool } from './tool.js';

/** A reader of a fake Chatwoot with 30 conversations; `change` may answer in its place. */
function reading(change: Tool = chatwootTool) {
  const history = { items: 30, events: 3, fields: ['status', 'team', 'person'] as const, hasComments: true };
  return readingOf(chatwootConnector, 'conversations', change, history, (url) => ({ url, account: 1 }));
}

describe('reading a Chatwoot', () => {
  it('begins with the newest conversations', async () => {
    const { read, source } = await reading();
    const newest = [...source.items()].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt) || b.id - a.id);
    expect(idsOf(await read(null)).slice(0, 5)).toEqual(newest.slice(0, 5).map(({ id }) => String(id)));
  });

  it('asks twice where nothing is new', async () => {
    const { read, asked, source } = await reading();
    const cursor = (await read(null)).at(-1)?.next ?? null;
    source.advance(900_000);
    asked.length = 0;
    expect(idsOf(await read(cursor))).toEqual([]);
    expect(asked.map(({ path }) => path)).toEqual(['/api/v1/profile', '/api/v1/accounts/1/conversations']);
  });

  it('asks for no more time after a pause in which nothing happened', async () => {
    const { read, asked, source } = await reading();
    let cursor = (await read(null)).at(-1)?.next ?? null;
    for (let day = 0; day < 6; day += 1) {
      source.advance(86_400_000);
      asked.length = 0;
      cursor = (await read(cursor)).at(-1)?.next ?? null;
    }
    // Two days since the last sweep, its depth of a day, and a second more.
    expect(asked.map(({ query }) => Number(query.get('updated_within')))).toEqual([0, 259_201]);
  });

  it('reads what changed since the last time, with all its messages', async () => {
    const { read, source, asked } = await reading();
    const cursor = (await read(null)).at(-1)?.next ?? null;
    const at = '2026-02-01T00:10:00.000Z';
    source.history[4]?.events.push({ id: 9_000, at, visibleAt: at, actor: 11, kind: 'comment', isPublic: true, text: 'Here.' });
    source.advance(900_000);
    asked.length = 0;
    expect(idsOf(await read(cursor))).toEqual(['5']);
    // Since 23:54, a minute of lag and five of overlap before the first reading, to 00:15, and a second more.
    expect(asked.map(({ query }) => query.get('updated_within'))).toContain('1261');
  });

  it('looks through the list after a long pause, and asks for the messages of what changed alone', async () => {
    const { read, source, asked } = await reading();
    const cursor = (await read(null)).at(-1)?.next ?? null;
    const at = '2026-02-02T00:00:00.000Z';
    source.history[4]?.events.push({ id: 9_000, at, visibleAt: at, actor: 11, kind: 'comment', isPublic: true, text: 'Here.' });
    source.advance(10 * 86_400_000);
    asked.length = 0;
    expect(idsOf(await read(cursor))).toEqual(['5']);
    expect(asked.filter(({ path }) => path.endsWith('/messages'))).toHaveLength(1);
    expect(asked.filter(({ query }) => query.has('page'))).toHaveLength(4);
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { statuses, teams, tools } from '#etl/connectors/sample/company.js';
import { itemSchema } from '#etl/connectors/sample/payload.js';
import { simulate, type SimulatedItem, type Simulation } from '#etl/connectors/sample/simulation.js';
import { iso } from '#etl/connectors/sample/story.js';

const company = simulate('meridian', '2026-11-16');
const items = allItems(company);
const records = items.map(({ record }) => record);
const until = '2026-11-15T23:00:00.000Z';

describe('the sample company', () => {
  it('is the same for the same seed and end', () => {
    expect(hashOf(simulate('meridian', '2026-11-16'))).toBe(hashOf(company));
  });

  it('is another one for another seed', () => {
    expect(hashOf(simulate('another', '2026-11-16'))).not.toBe(hashOf(company));
  });

  it('takes the processor seconds, not minutes', () => {
    const before = process.cpuUsage();
    simulate('third', '2026-11-16');
    // Time of the processor: other tests run beside this one. It takes two to four seconds; a slow machine may take five times as long.
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(30_000);
  });

  it('has some 12,000 items and 200,000 events in three tools and 300 customers', () => {
    const lines = records.map(({ changes, comments, ratings }) => changes.length + comments.length + ratings.length);
    expect(records.length).toBeGreaterThan(11_000);
    expect(records.length).toBeLessThan(13_500);
    expect(sum(lines)).toBeGreaterThan(180_000);
    expect(sum(lines)).toBeLessThan(240_000);
    expect(tools.map((tool) => company.items[tool].length > 1_200)).toEqual([true, true, true]);
    expect(company.world.customers).toHaveLength(305);
    expect(Object.values(teams).flatMap(({ people }) => people)).toHaveLength(35);
  });

  it('tells items in the form of its tools', () => {
    const refused = records.filter((record) => !itemSchema.safeParse(record).success).map(({ key }) => key);
    expect(refused).toEqual([]);
  });

  it('ends at its end and begins each item with its creation', () => {
    const wrong = records.filter(({ createdAt, changes, comments, ratings }) => {
      const times = [...changes, ...comments, ...ratings].map(({ at }) => at);
      return changes[0]?.at !== createdAt || times.some((at) => at < createdAt || at >= until);
    });
    expect(wrong.map(({ key }) => key)).toEqual([]);
  });

  it('shows 78 weeks, and before them only what was still open then', () => {
    // 78 weeks before Monday 2026-11-16 is Monday 2025-05-19; Berlin has summer time.
    const start = '2025-05-18T22:00:00.000Z';
    const early = items.filter(({ record }) => record.createdAt < start);
    expect(early.length).toBeGreaterThan(50);
    expect(early.length).toBeLessThan(300);
    expect(early.every(({ story }) => story.endedAt === null || iso(story.endedAt) >= start)).toBe(true);
  });

  it('promises dates that lie after they were said', () => {
    const wrong = records.flatMap(({ key, changes }) => changes.filter(({ at, dueAt }) => dueAt && dueAt <= at).map(() => key));
    expect(wrong).toEqual([]);
    expect(records.filter(({ changes }) => changes.some(({ dueAt }) => dueAt)).length).toBeGreaterThan(5_000);
  });

  it('uses every status, and no other', () => {
    for (const tool of tools) {
      const used = new Set(company.items[tool].flatMap(({ record }) => record.changes.flatMap(({ status }) => status ?? [])));
      expect([...used].sort()).toEqual(Object.keys(statuses[tool]).sort());
    }
  });

  it('speaks four languages, in public and inside', () => {
    const comments = records.flatMap((record) => record.comments);
    for (const language of ['en', 'tr', 'fa', 'hy']) {
      expect(comments.filter((comment) => comment.language === language && comment.audience === 'public').length).toBeGreaterThan(10_000);
    }
    expect(comments.filter(({ audience }) => audience === 'internal').length).toBeGreaterThan(3_000);
    expect(comments.filter(({ body }) => /[{}]|undefined|^\s*$/.test(body)).map(({ body }) => body)).toEqual([]);
  });

  it('links items that exist, across the tools', () => {
    const keys = new Set(records.map(({ key }) => key));
    const links = records.flatMap((record) => record.links.map((link) => ({ ...link, since: record.createdAt })));
    expect(links.filter(({ key }) => !keys.has(key))).toEqual([]);
    expect(links.filter(({ at, since }) => at < since)).toEqual([]);
    expect(links.filter(({ connection, kind }) => connection === 'Sample projects' && kind === 'becomes').length).toBeGreaterThan(500);
    expect(links.filter(({ connection, kind }) => connection === 'Sample helpdesk' && kind === 'relates').length).toBeGreaterThan(500);
    expect(links.filter(({ connection, kind }) => connection === 'Sample helpdesk' && kind === 'becomes').length).toBeGreaterThan(50);
    expect(links.filter(({ kind }) => kind === 'duplicates').length).toBeGreaterThan(50);
  });

  it('has what real tools have: spam, tests, reopens, thanks, ratings and a backlog', () => {
    expect(new Set(records.map(({ markedAs }) => markedAs))).toEqual(new Set([null, 'spam', 'duplicate', 'test']));
    const reopened = items.filter(({ story }) =>
      story.meant.meanings.some(({ meaning }, index, all) => meaning === 'done' && all[index + 1]?.meaning === 'ours_active'),
    );
    expect(reopened.length).toBeGreaterThan(200);
    expect(records.filter(({ ratings }) => ratings.length > 0).length).toBeGreaterThan(1_500);
    const open = items.filter(({ story }) => story.endedAt === null || iso(story.endedAt) >= until);
    expect(open.length).toBeGreaterThan(120);
  });

  it('works in the hours of its teams', () => {
    const inHours = items.flatMap(({ story }) =>
      story.meant.takings.map(({ takenAt: at }) => {
        const owner = story.meant.owners.find((entry) => entry.at === at && entry.person !== null);
        return owner?.team ? company.world.teamCalendar(owner.team).next(at) === at : false;
      }),
    );
    expect(inHours.filter((isInHours) => isInHours).length / inHours.length).toBeGreaterThan(0.99);
  });
});

function allItems(simulation: Simulation): SimulatedItem[] {
  return tools.flatMap((tool) => simulation.items[tool]);
}

function hashOf(simulation: Simulation): string {
  return createHash('sha256')
    .update(JSON.stringify(allItems(simulation).map(({ record }) => record)))
    .digest('hex');
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

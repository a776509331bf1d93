import { describe, expect, it } from 'vitest';
import type { MetricRow } from '#dashboards/metric-result.js';
import { wrongPartitions } from '../../support/partitions.js';
import { sampleDatabase } from '../../support/sample-company.js';
import { bothEngines, only } from './support/measured.js';
import {
  courtsOf,
  handoffsIn,
  handoverTimes,
  hasNote,
  items,
  meaningsOf,
  outcomeOf,
  silentSeconds,
  until,
  type Story,
} from './support/meant.js';

/** What the metrics say of the whole history, against what the simulation meant. */
const { pool } = await sampleDatabase();
const { ask } = await bothEngines(pool);
const stories = items.filter(({ record }) => record.markedAs === null).map(({ story }) => story);
const week = 7 * 86_400;

describe('over the whole history of the sample company', () => {
  it('every open second of every item is in one court', async () => {
    const { rows } = await pool.query(wrongPartitions);
    expect(rows).toEqual([{ items: 0 }]);
    // Each finished item and each that is still open has parts.
    const parted = await pool.query(
      `select from facts.item where exists (select from facts.interval v where v.item_id = facts.item.item_id)`,
    );
    expect(parted.rowCount).toBeGreaterThan(11_000);
  });

  it('lead time counts every item that is a piece of work', async () => {
    expect((await whole('lead-time')).n).toBe(stories.length);
  });

  it('on time against the first date is what became of the first dates', async () => {
    const decided = stories.flatMap((story) => (isVoid(story, firstDue(story)) ? [] : [isKept(story, firstDue(story))]));
    expect(await ratio('on-time-first')).toEqual(ratioOf(decided));
  });

  it('on time against the last date is what became of the date in force when it passed', async () => {
    const decided = stories.flatMap((story) => (isVoid(story, decisiveDue(story)) ? [] : [isKept(story, decisiveDue(story))]));
    expect(await ratio('on-time-last')).toEqual(ratioOf(decided));
  });

  it('handoffs are those between teams', async () => {
    const handed = stories.map((story) => handoffsIn(story.meant.owners.map(({ at, team }) => ({ at, owner: team }))).handoffs);
    expect((await whole('handoff-wait')).n).toBe(sum(handed));
    expect((await whole('handoffs')).values?.perItem).toBeCloseTo(sum(handed) / stories.length, 10);
  });

  it('returns are the items that came back to a team', async () => {
    const counts = stories.map((story) => handoffsIn(story.meant.owners.map(({ at, team }) => ({ at, owner: team }))));
    const handed = counts.filter(({ handoffs }) => handoffs > 0);
    const { n, values } = await whole('returns');
    expect(n).toBe(handed.length);
    expect(values?.any).toBeCloseTo((100 * handed.filter(({ returns }) => returns > 0).length) / handed.length, 10);
  });

  it('cold handoffs are those without a note or a filled field', async () => {
    const handed = items
      .filter(({ record }) => record.markedAs === null)
      .flatMap(({ record, story }) =>
        handoverTimes(story)
          .filter((at) => at + 300 < until)
          .map((at) => !hasNote(record, at)),
      );
    expect(await ratio('cold-handoff')).toEqual(ratioOf(handed));
  });

  it('reopened are the resolutions undone within seven days', async () => {
    const resolutions = stories.flatMap(resolutionsOf).filter(({ at }) => at + week <= until);
    expect(await ratio('reopen-rate')).toEqual(ratioOf(resolutions.map(({ at, undoneAt }) => undoneAt <= at + week)));
  });

  it('flow efficiency is the share of open time that we worked', async () => {
    const courts = stories.map(courtsOf);
    const active = sum(courts.map(({ ours_active }) => ours_active));
    const open = sum(courts.flatMap((court) => Object.values(court)));
    expect((await whole('flow-efficiency')).values?.ratio).toBeCloseTo((100 * active) / open, 9);
  });

  it('silence is the share of our time without a word for longer than promised', async () => {
    const ours = sum(stories.map(courtsOf).map(({ ours_active, ours_waiting }) => ours_active + ours_waiting));
    expect((await whole('silence')).value).toBeCloseTo((100 * sum(stories.map(silentSeconds))) / ours, 9);
  });
});

async function whole(metric: string): Promise<MetricRow> {
  return only(await ask({ metric, from: '2024-01-01', to: '2027-01-01', zone: 'Europe/Berlin' }));
}

async function ratio(metric: string): Promise<{ numerator: number | undefined; denominator: number | undefined }> {
  const { numerator, denominator } = await whole(metric);
  return { numerator, denominator };
}

function ratioOf(outcomes: boolean[]): { numerator: number; denominator: number } {
  return { numerator: outcomes.filter((outcome) => outcome).length, denominator: outcomes.length };
}

function promisesOf(story: Story): Story['meant']['promises'] {
  return story.meant.promises.filter(({ at }) => at < until).sort((one, other) => one.at - other.at);
}

function firstDue(story: Story): number {
  return promisesOf(story)[0]?.dueAt ?? Infinity;
}

/** The first date that passed while it stood, or the one that stood when the item ended. */
function decisiveDue(story: Story): number {
  const promises = promisesOf(story);
  const end = endOf(story);
  const passed = promises.find(({ dueAt }, index) => dueAt < Math.min(promises[index + 1]?.at ?? end, end));
  return (passed ?? (end < until ? promises.at(-1) : undefined))?.dueAt ?? Infinity;
}

/** The end known at the end of the history; later ones are not known yet. */
function endOf(story: Story): number {
  return outcomeOf(story) === 'open' ? until : (story.endedAt ?? until);
}

function isKept(story: Story, dueAt: number): boolean {
  return outcomeOf(story) === 'done' && endOf(story) <= dueAt;
}

/** Not due yet, or cancelled before. */
function isVoid(story: Story, dueAt: number): boolean {
  return dueAt >= until || (outcomeOf(story) === 'cancelled' && endOf(story) <= dueAt);
}

function resolutionsOf(story: Story): { at: number; undoneAt: number }[] {
  const meanings = meaningsOf(story);
  return meanings.flatMap(({ at, meaning }, index) => {
    if (meaning !== 'done' || meanings[index - 1]?.meaning === 'done') return [];
    return [
      { at, undoneAt: meanings.slice(index).find((later) => later.meaning !== 'done' && later.meaning !== 'cancelled')?.at ?? Infinity },
    ];
  });
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

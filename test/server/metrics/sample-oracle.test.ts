import { describe, expect, it } from 'vitest';
import { iso } from '#etl/connectors/sample/story.js';
import { sampleDatabase } from '../../support/sample-company.js';
import {
  company,
  courtsOf,
  handoffsIn,
  handoverTimes,
  hasNote,
  items,
  outcomeOf,
  promisedSeconds,
  reopensOf,
  silentSeconds,
  touchedAt,
  turnsOf,
  unownedSeconds,
  until,
} from './support/meant.js';

/** What the simulation meant, against the facts read out of what its tools told. */
const { pool } = await sampleDatabase();

describe('facts of the sample company', () => {
  it('know every item, its beginning, its end and how it ended', async () => {
    await same(
      `select external_id as key, f.created_at as created, f.outcome, f.finished_at as finished, f.reopens, f.excluded
      from facts.item f join core.item using (item_id)`,
      items.map(({ record, story }) => ({
        key: record.key,
        created: iso(story.head.createdAt),
        outcome: outcomeOf(story),
        finished: outcomeOf(story) === 'done' ? iso(story.endedAt ?? 0) : null,
        reopens: reopensOf(story),
        excluded: record.markedAs,
      })),
    );
  });

  it('know every handoff between teams and every return', async () => {
    await same(
      `select external_id as key, f.team_handoffs as handoffs, f.team_returns as returns, f.team_direct_returns as direct
      from facts.item f join core.item using (item_id)`,
      items.map(({ record, story }) => ({
        key: record.key,
        ...handoffsIn(story.meant.owners.map(({ at, team }) => ({ at, owner: team }))),
      })),
    );
  });

  it('know every handoff between people and every return', async () => {
    await same(
      `select external_id as key, f.person_handoffs as handoffs, f.person_returns as returns, f.person_direct_returns as direct
      from facts.item f join core.item using (item_id)`,
      items.map(({ record, story }) => ({
        key: record.key,
        ...handoffsIn(story.meant.owners.map(({ at, person }) => ({ at, owner: person }))),
      })),
    );
  });

  it('know when the receiving team acted first, how long that was in its working time, and every note', async () => {
    await same(
      `select external_id as key, h.at, h.acted_at as acted, h.wait_business_seconds::int as wait, coalesce(h.has_note, false) as note
      from facts.handoff h join core.item using (item_id)
      where h.level = 'team' and h.acted_at is not null`,
      items.flatMap(({ record, story }) =>
        handoverTimes(story).flatMap((handedAt) => {
          const taking = story.meant.takings.find((candidate) => candidate.handedAt === handedAt);
          const team = story.meant.owners.find(({ at, team: owner }) => at === handedAt && owner !== null)?.team;
          if (!taking || !team || taking.takenAt >= until) return [];
          const wait = company.world.teamCalendar(team).between(handedAt, taking.takenAt);
          return [{ key: record.key, at: iso(handedAt), acted: iso(taking.takenAt), wait, note: hasNote(record, handedAt) }];
        }),
      ),
    );
  });

  it('know in whose court each item was, to the second', async () => {
    await same(
      `select external_id as key,
        ${secondsWhere("i.court = 'ours_active'")} as ours_active,
        ${secondsWhere("i.court = 'ours_waiting'")} as ours_waiting,
        ${secondsWhere("i.court = 'customer'")} as customer,
        ${secondsWhere("i.court = 'third_party'")} as third_party
      from facts.interval i join core.item using (item_id)
      where i.from_at < to_timestamp(${until})
      group by external_id`,
      items.map(({ record, story }) => ({ key: record.key, ...courtsOf(story) })),
    );
  });

  it('know how long nobody had an item, a date had passed, and a date was still to come', async () => {
    await same(
      `select external_id as key,
        ${secondsWhere('not i.is_owned')} as unowned,
        ${secondsWhere('i.is_due_past')} as past,
        ${secondsWhere('i.has_next_step')} as ahead
      from facts.interval i join core.item using (item_id)
      where i.from_at < to_timestamp(${until})
      group by external_id`,
      items.map(({ record, story }) => ({ key: record.key, unowned: unownedSeconds(story), ...promisedSeconds(story) })),
    );
  });

  it('know which item became which across the tools, since when it waited, when it was begun, and whether with a note', async () => {
    const byKey = new Map(items.map((item) => [item.record.key, item]));
    await same(
      `select f.external_id as key, i.external_id as became, h.is_between_systems as across, h.at, h.touched_at as begun, h.has_note as note
      from facts.journey_handoff h join core.item i using (item_id) join core.item f on f.item_id = h.from_item_id`,
      items.flatMap(({ record, story }) =>
        record.links.flatMap(({ key, kind, at }) => {
          const next = byKey.get(key);
          if (kind !== 'becomes' || !next || next.record.markedAs !== null) return [];
          const ended = outcomeOf(story) === 'open' ? Infinity : (story.endedAt ?? Infinity);
          const from = Math.min(ended, Date.parse(at) / 1_000);
          const begun = touchedAt(next.story);
          return [
            {
              key: record.key,
              became: key,
              across: true,
              at: iso(from),
              begun: begun === null ? null : iso(begun),
              note: hasNote(record, from),
            },
          ];
        }),
      ),
    );
  });

  it('know the first answer of a human', async () => {
    await same(
      `select external_id as key, f.first_response_at as answered
      from facts.item f join core.item using (item_id)
      where f.first_response_at is not null`,
      items.flatMap(({ record, story }) => {
        const words = story.meant.words.filter((at) => at < until);
        return words.length > 0 ? [{ key: record.key, answered: iso(Math.min(...words)) }] : [];
      }),
    );
  });

  it('know when customers asked and when a human answered', async () => {
    await same(
      `select external_id as key, t.asked_at as asked, t.answered_at as answered
      from facts.turn t join core.item using (item_id)`,
      items.flatMap(({ record }) => turnsOf(record).map((turn) => ({ key: record.key, ...turn }))),
    );
  });

  it('know each date given, in its order, with who asked for it', async () => {
    await same(
      `select external_id as key, p.n, p.said_at as said, p.due_at as due, p.asked_by_customer as asked
      from facts.promise p join core.item using (item_id)`,
      items.flatMap(({ record, story }) =>
        story.meant.promises
          .filter(({ at }) => at < until)
          .sort((one, other) => one.at - other.at)
          .map(({ at, dueAt, askedByCustomer }, index) => ({
            key: record.key,
            n: index + 1,
            said: iso(at),
            due: iso(dueAt),
            asked: askedByCustomer,
          })),
      ),
    );
  });

  it('know for how long customers were left without a word while the ball was ours', async () => {
    await same(
      `select external_id as key, ${secondsWhere("i.court in ('ours_active', 'ours_waiting') and not i.is_fresh")} as seconds
      from facts.interval i join core.item using (item_id)
      where i.from_at < to_timestamp(${until})
      group by external_id`,
      items.map(({ record, story }) => ({ key: record.key, seconds: silentSeconds(story) })),
    );
  });
});

/** SQL: the seconds of the intervals, up to the end of the history. */
function secondsWhere(condition: string): string {
  return `coalesce(sum(extract(epoch from least(i.to_at, to_timestamp(${until})) - i.from_at)) filter (where ${condition}), 0)::int`;
}

/** Compares as sets of lines, and shows the first few that differ. */
async function same(sql: string, expected: ({ key: string } & Record<string, unknown>)[]): Promise<void> {
  const { rows } = await pool.query<Record<string, unknown>>(sql);
  const lines = (records: Record<string, unknown>[]): Set<string> => new Set(records.map((record) => JSON.stringify(record)));
  const [found, meant] = [lines(rows), lines(expected)];
  expect(meant.size).toBeGreaterThan(500);
  const missing = [...meant].filter((line) => !found.has(line)).sort();
  const surplus = [...found].filter((line) => !meant.has(line)).sort();
  expect({ missing: missing.slice(0, 5), surplus: surplus.slice(0, 5), count: missing.length + surplus.length }).toEqual({
    missing: [],
    surplus: [],
    count: 0,
  });
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createDocumentedView, ended, pseudonym, seconds, type DocumentedView } from './documented-view.js';

const key = [
  ['item_id', 'i.item_id', 'The item; joins analytics.item.'],
  ['connection', 'c.name', 'Name of the connection the item came through.'],
  ['n', 'x.n', 'Number of the row within the item, from 1, in time order.'],
] as const;

const joins = `
    join facts.item i on i.item_id = x.item_id
    join ingest.connection c on c.id = i.connection_id`;

/** Seconds up to the end, or up to the data's own time while it lasts; null where neither is known. */
function secondsSoFar(from: string, to: string): string {
  const end = `least(${to}, c.as_of_at)`;
  return `case when isfinite(${end}) then greatest(0, ${seconds(from, end)}) end`;
}

function owner(id: string, level: string): string {
  return `case when ${level} = 'team' then (select t.name from core.team t where t.id = ${id}) else ${pseudonym(id)} end`;
}

export const flowViews: DocumentedView[] = [
  {
    name: 'ownership',
    comment: 'One row per stay of an item with an owner, at two levels; equal neighbours joined, corrections removed.',
    columns: [
      ...key,
      ['level', 'x.level', 'team or person.'],
      ['owner', owner('x.owner_id', 'x.level'), 'Name of the team or pseudonym of the person. Null: nobody had it.'],
      ['from_at', 'x.from_at', 'Begin of the stay.'],
      ['to_at', ended('x.to_at'), 'End of the stay. Null while it lasts.'],
      ['seconds', secondsSoFar('x.from_at', 'x.to_at'), "Length; up to the data's own time while it lasts."],
    ],
    from: `from facts.ownership x${joins}`,
  },
  {
    name: 'handoff',
    comment: 'One row per change of owner. The first assignment is no handoff.',
    columns: [
      ...key,
      ['level', 'x.level', 'team or person.'],
      ['left_at', 'x.left_at', 'When the sender let go.'],
      ['at', 'x.at', 'When the receiver got it; later than left_at where nobody had it in between.'],
      ['from_owner', owner('x.from_id', 'x.level'), 'Sender: team name or pseudonym.'],
      ['to_owner', owner('x.to_id', 'x.level'), 'Receiver: team name or pseudonym.'],
      ['returns', 'x.returns', 'direct: straight back to whom it came from; indirect: to someone who had it before. Null: neither.'],
      ['acted_at', 'x.acted_at', 'First own act of the receiver. Null: none seen; it still waits or moved on without one.'],
      ['until_at', ended('x.until_at'), 'When the receiver let go or the item ended. Null while it lasts.'],
      ['unowned_seconds', seconds('x.left_at', 'x.at'), 'Time nobody had it in between.'],
      ['wait_seconds', seconds('x.at', 'x.acted_at'), 'Handoff to first act, calendar clock. Null: no act seen; an open wait, not zero.'],
      [
        'wait_business_seconds',
        'x.wait_business_seconds',
        "Handoff to first act, or to when the receiver let go without one, on the receiver's calendar. Null while it waits.",
      ],
      ['has_note', 'x.has_note', 'A note by the sender around the handoff. Null: the source tells no notes.'],
    ],
    from: `from facts.handoff x${joins}`,
  },
  {
    name: 'promise',
    comment: 'One row per date given to a customer; corrections removed.',
    columns: [
      ...key,
      ['said_at', 'x.said_at', 'When the date was given.'],
      ['due_at', 'x.due_at', 'The date given.'],
      ['until_at', ended('x.until_at'), 'When it was replaced, taken back or the item ended. Null: in force.'],
      [
        'moved_seconds',
        'x.moved_seconds',
        'This date minus the one before; negative is earlier. Null for the first, and where the same date was given again after it was taken back.',
      ],
      ['is_after_due', 'x.is_after_due', 'Moved once the old date had passed. Null where moved_seconds is.'],
      ['asked_by_customer', 'x.asked_by_customer', 'The customer asked for this date.'],
      ['is_last', 'x.is_last', 'The last date of the item.'],
    ],
    from: `from facts.promise x${joins}`,
  },
  {
    name: 'interval',
    comment: 'The open time of an item, cut wherever its court, owner or visibility changes; no gaps or overlaps within a cycle.',
    columns: [
      ...key,
      ['from_at', 'x.from_at', 'Begin, inclusive.'],
      ['to_at', ended('x.to_at'), 'End, exclusive. Null while it lasts.'],
      ['seconds', secondsSoFar('x.from_at', 'x.to_at'), "Length; up to the data's own time while it lasts."],
      ['court', 'x.court', 'Who has the ball: ours_active, ours_waiting, customer or third_party.'],
      ['team', 't.name', 'Team that had it. Null: none.'],
      ['person', pseudonym('x.person_id'), 'Pseudonym of the person who had it. Null: none.'],
      ['is_owned', 'x.is_owned', 'A team or a person had it.'],
      ['is_due_past', 'x.is_due_past', 'A promise in force was past due.'],
      ['has_next_step', 'x.has_next_step', 'A promise in force was due in the future.'],
      ['is_fresh', 'x.is_fresh', 'The last public word of ours was younger than the promised update interval.'],
      ['is_unmapped', 'x.is_unmapped', 'The status has no known meaning; the time counts as ours_waiting.'],
    ],
    from: `from facts.interval x${joins} left join core.team t on t.id = x.team_id`,
  },
  {
    name: 'turn',
    comment: 'One row per turn of the customer: consecutive messages until the next public reply of a person.',
    columns: [
      ...key,
      ['asked_at', 'x.asked_at', 'First message of the turn.'],
      ['answered_at', 'x.answered_at', 'The reply. Null: not answered; an open wait, not zero.'],
      ['until_at', ended('x.until_at'), 'Reply or end of the item. Null while it waits.'],
      ['reply_seconds', seconds('x.asked_at', 'x.answered_at'), 'First message to reply, calendar clock. Null: not answered.'],
      [
        'reply_business_seconds',
        'x.business_seconds',
        "First message to reply, or to the end of the item without one, on the team's calendar. Null while it waits.",
      ],
      ['team', 't.name', 'Team that had the item when the customer asked, else when it was answered. Null: none.'],
    ],
    from: `from facts.turn x${joins} left join core.team t on t.id = x.team_id`,
  },
  {
    name: 'silence',
    comment: 'One row per stretch from one public word of ours (or the creation) to the next, or to the end.',
    columns: [
      ...key,
      ['from_at', 'x.from_at', 'The word, or the creation.'],
      ['to_at', ended('x.to_at'), 'The next word, or the end. Null while it lasts.'],
      ['ours_seconds', 'x.ours_seconds', 'Of it with the ball in our court. Null while it lasts.'],
      ['team', 't.name', 'Team that had the item. Null: none.'],
    ],
    from: `from facts.silence x${joins} left join core.team t on t.id = x.team_id`,
  },
  {
    name: 'cycle',
    comment: 'One row per opening of an item: a reopened item has several.',
    columns: [
      ...key,
      ['opened_at', 'x.opened_at', 'Creation or reopening.'],
      ['resolved_at', 'x.resolved_at', 'Resolution. Null: not resolved, or cancelled.'],
      ['reopened_at', 'x.reopened_at', 'When this resolution was taken back. Null: it holds.'],
      ['team', 't.name', 'Team that had it when the cycle ended, or has it now. Null: none.'],
    ],
    from: `from facts.cycle x${joins} left join core.team t on t.id = x.team_id`,
  },
];

/** The documented views of what happens to an item over time. */
export class AnalyticsFlow1763700000051 implements MigrationInterface {
  name = 'AnalyticsFlow1763700000051';

  async up(runner: QueryRunner): Promise<void> {
    for (const view of flowViews) await createDocumentedView(runner, view);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createDocumentedView, ended, seconds, type DocumentedView } from './documented-view.js';

const key = [
  ['journey_id', 'x.journey_id', 'The journey: the item it began with.'],
  ['item_id', 'x.item_id', 'The item; joins analytics.item.'],
  ['connection', 'c.name', 'Name of the connection the item came through.'],
] as const;

const joins = `
    join facts.item i on i.item_id = x.item_id
    join ingest.connection c on c.id = i.connection_id`;

export const journeyViews: DocumentedView[] = [
  {
    name: 'journey',
    comment: 'One row per journey: items that became each other, within a tool or across tools, from the first creation to the last end.',
    columns: [
      ['journey_id', 'x.journey_id', 'The journey: the item it began with; joins analytics.item.'],
      ['connection', 'c.name', 'Name of the connection it began in.'],
      ['started_at', 'x.started_at', 'Creation of its first item.'],
      ['ended_at', ended('x.ended_at'), 'End of the item that ended last. Null while one is open.'],
      ['outcome', 'x.outcome', 'open while one item is; otherwise as the item that ended last: done, cancelled or unknown.'],
      ['items', 'x.items', 'Items of it.'],
      ['systems', 'x.systems', 'Connections they are in.'],
      ['handoffs', 'x.handoffs', 'Times an item became another.'],
      ['system_handoffs', 'x.system_handoffs', 'Of those, into another connection.'],
      ['lead_seconds', seconds('x.started_at', ended('x.ended_at')), 'Start to end, calendar clock. Null while open.'],
    ],
    from: `from facts.journey x
    join facts.item i on i.item_id = x.journey_id
    join ingest.connection c on c.id = i.connection_id`,
  },
  {
    name: 'journey_step',
    comment: 'One row per item of a journey.',
    columns: [...key, ['n', 'x.n', 'Number within the journey, from 1, in the order of creation.']],
    from: `from facts.journey_step x${joins}`,
  },
  {
    name: 'journey_handoff',
    comment: 'One row per link by which an item became another; item_id is the one it became.',
    columns: [
      ...key,
      ['from_item_id', 'x.from_item_id', 'The item that became it.'],
      ['is_between_systems', 'x.is_between_systems', 'The two are in different connections.'],
      ['linked_at', 'x.linked_at', 'When the tool linked them.'],
      ['at', 'x.at', 'When the first one was finished, or linked where that was earlier: the wait begins.'],
      ['touched_at', 'x.touched_at', 'Start of work on the other, or our first public word there. Null: neither yet.'],
      ['until_at', ended('x.until_at'), 'End of the other. Null while it is open.'],
      [
        'wait_seconds',
        seconds('x.at', 'greatest(x.at, x.touched_at)'),
        'at to touched_at, 0 where it had begun before. Null: an open wait.',
      ],
      ['has_note', 'x.has_note', 'A note of ours came with it. Null: the source tells no notes.'],
      ['is_repeat', 'x.is_repeat', 'The customer had to say or send again what was said or sent before: read from texts, an estimate.'],
    ],
    from: `from facts.journey_handoff x${joins}`,
  },
];

/** Items of one or several tools that became each other: one journey, with its own waits and losses. */
export class Journeys1763700000095 implements MigrationInterface {
  name = 'Journeys1763700000095';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table facts.journey (
        journey_id uuid primary key,
        started_at timestamptz not null,
        ended_at timestamptz not null,
        outcome text not null check (outcome in ('open', 'done', 'cancelled', 'unknown')),
        items int not null,
        systems int not null,
        handoffs int not null,
        system_handoffs int not null
      );
      comment on table facts.journey is 'Items that became each other, in whatever way they are linked: a chain, a split, a join or a ring are one journey. Items excluded from metrics belong to none; an item that became no other and came from none has none.';
      comment on column facts.journey.journey_id is 'Its first item: the one created first.';
      comment on column facts.journey.ended_at is 'Of the item that ended last; infinity while one is open. outcome is the one of that item.';

      create table facts.journey_step (
        item_id uuid primary key,
        journey_id uuid not null,
        n int not null
      );
      create index on facts.journey_step (journey_id);
      comment on table facts.journey_step is 'The items of a journey, in the order of creation.';

      create table facts.journey_handoff (
        item_id uuid not null,
        from_item_id uuid not null,
        journey_id uuid not null,
        is_between_systems boolean not null,
        linked_at timestamptz not null,
        at timestamptz not null,
        touched_at timestamptz,
        until_at timestamptz not null,
        has_note boolean,
        is_repeat boolean not null,
        primary key (item_id, from_item_id)
      );
      create index on facts.journey_handoff (journey_id);
      comment on table facts.journey_handoff is 'Each time an item became another (item_id).';
      comment on column facts.journey_handoff.at is 'The end of the item it came from, or the link where that was earlier: from then on the customer waits for the next to be begun.';
      comment on column facts.journey_handoff.touched_at is 'Start of work on it, or the first public word of a person of ours on it, whichever came first.';
      comment on column facts.journey_handoff.has_note is 'A note of ours on the item it came from, from 30 minutes before to 5 minutes after at or linked_at, or on the new one up to its first touch or 5 minutes after the link. Null where neither source tells notes.';
      comment on column facts.journey_handoff.is_repeat is 'On the new item the customer says that it was said before.';

      create index link_becomes on core.link (other_item_id) where kind = 'becomes';
      insert into facts.dirty (item_id) select item_id from core.link where kind = 'becomes';

      create view measured.journey as
      select
        i.version, i.item_id, i.connection_id, i.team_id, i.customer_id, i.type, i.service, i.channel, i.priority, i.language,
        i.excluded, j.started_at, j.ended_at, j.outcome, j.items, j.systems, j.handoffs, j.system_handoffs
      from facts.journey j
      join facts.item i on i.item_id = j.journey_id;

      create view measured.journey_handoff as
      select
        i.version, i.item_id, i.connection_id, coalesce(i.first_team_id, i.team_id) as team_id, i.customer_id, i.type, i.service,
        i.channel, i.priority, i.language, i.excluded, f.connection_id as from_connection_id,
        h.is_between_systems, h.at, h.touched_at, h.until_at, h.has_note, h.is_repeat
      from facts.journey_handoff h
      join facts.item i on i.item_id = h.item_id
      join facts.item f on f.item_id = h.from_item_id;
      comment on view measured.journey_handoff is 'Of the item that another one became; from_connection_id: whose tool told so.';
    `);
    for (const view of journeyViews) await createDocumentedView(runner, view);
  }

  async down(): Promise<void> {
    throw new Error('Facts are derived: drop the schema and rebuild.');
  }
}

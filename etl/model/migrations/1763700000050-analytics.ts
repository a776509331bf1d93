import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createDocumentedView, ended, pseudonym, seconds, type DocumentedView } from './documented-view.js';

const nobody = "'00000000-0000-0000-0000-000000000000'";
const itemId = ['item_id', 'i.item_id', 'Identity of the item; joins the views of this schema.'] as const;
const connection = ['connection', 'c.name', 'Name of the connection the item came through.'] as const;

export const itemViews: DocumentedView[] = [
  {
    name: 'connection',
    comment: 'One row per connected tool or file.',
    columns: [
      ['connection', 'c.name', 'Name of the connection.'],
      ['connector', 'c.connector', 'Kind of source: csv, xes, sample ….'],
      ['is_sample', 'c.is_sample', 'True for the made-up company; leave it out of real reports.'],
      ['time_zone', "coalesce(c.settings ->> 'timeZone', 'UTC')", 'IANA zone of dates that have none.'],
      ['as_of_at', 'c.as_of_at', "The data's own time: every number is as of this instant. Null before the first complete sync."],
      ['last_complete_at', 'c.last_complete_at', 'When the last complete sync ended. Null before the first.'],
      [
        'absent_signals',
        "(select string_agg(s.key, ', ' order by s.key) from jsonb_each(c.capabilities) s where s.value ->> 'fidelity' = 'none')",
        'Kinds of history this source cannot tell, by comma; metrics that need one leave the connection out. Null: none.',
      ],
    ],
    from: 'from ingest.connection c',
  },
  {
    name: 'team',
    comment: 'One row per team that can own items.',
    columns: [
      ['team_id', 't.id', 'Identity of the team.'],
      connection,
      ['team', 't.name', 'Name of the team.'],
      ['calendar', 'k.name', 'Name of its working calendar. Null: the default calendar of the connection.'],
      ['time_zone', 'k.time_zone', 'IANA zone of that calendar. Null where it has none of its own.'],
    ],
    from: 'from core.team t join ingest.connection c on c.id = t.connection_id left join core.calendar k on k.id = t.calendar_id',
  },
  {
    name: 'customer',
    comment: 'One row per customer.',
    columns: [
      ['customer_id', 'u.id', 'Identity of the customer; joins analytics.item.'],
      connection,
      ['external_id', 'u.external_id', 'Identity in the tool.'],
      ['customer', 'u.name', 'Name; the identity in the tool where it gives no name.'],
      ['customer_group', 'u.group_name', 'Segment, plan or region as the tool names it. Null: none told.'],
      ['language', 'u.language', 'Language code. Null: not told.'],
      ['time_zone', 'u.time_zone', 'IANA zone. Null: not told.'],
      ['since_at', 'u.since_at', 'First instant as a customer. Null: not told; such customers count neither as new nor as old.'],
    ],
    from: 'from core.customer u join ingest.connection c on c.id = u.connection_id',
  },
  {
    name: 'item',
    comment:
      'One row per item: a piece of work a customer waits for. Reopened items are one row, ending with their final finish. Durations in whole seconds.',
    columns: [
      itemId,
      connection,
      ['external_id', 's.external_id', 'Identity in the tool.'],
      ['url', "case when s.url ~* '^https?://' then s.url end", 'Link to the tool. Null: none told.'],
      ['type', 'i.type', 'Kind of work; durations of different types are not comparable.'],
      ['service', 'i.service', 'Service. Null: not told.'],
      ['channel', 'i.channel', 'Channel it came by. Null: not told.'],
      ['priority', 'i.priority', 'Priority as the tool names it. Null: not told.'],
      ['language', 'i.language', 'Language code. Null: not told.'],
      ['customer_id', 'i.customer_id', 'The customer who waits. Null: not told.'],
      ['customer', 'u.name', 'Name of the customer. Null: not told.'],
      ['customer_group', 'u.group_name', 'Group of the customer. Null: not told.'],
      ['first_team', 'f.name', 'The first team that had it. Null: none had it.'],
      ['team', 't.name', 'The team that has it now or had it last. Null: none had it.'],
      ['person', pseudonym('i.person_id'), 'Pseudonym of the person who has it now or had it last. Null: none.'],
      ['created_at', 'i.created_at', 'Creation.'],
      ['started_at', 'i.started_at', 'First active work. Null: not started, or not told.'],
      ['finished_at', 'i.finished_at', 'Final finish. Null: open, cancelled or unknown.'],
      ['ended_at', ended('i.ended_at'), 'Finish, cancellation or unknown end. Null while open.'],
      [
        'outcome',
        'i.outcome',
        'open, done, cancelled, or unknown: done, but the source does not tell when; left out of durations and counted.',
      ],
      [
        'excluded',
        'i.excluded',
        'merged, duplicate, spam, test, or clock_anomaly (ended before it was created): in no metric. Null: counts.',
      ],
      [
        'lead_seconds',
        seconds('i.created_at', 'i.finished_at'),
        'Creation to final finish, calendar clock. Null: not finished; never read that as zero.',
      ],
      [
        'lead_business_seconds',
        'i.lead_business_seconds',
        'The same, each second on the calendar of the team that had it. Null: not finished.',
      ],
      [
        'cycle_seconds',
        seconds('i.started_at', 'i.finished_at'),
        'Start to final finish, calendar clock. Null: not started or not finished.',
      ],
      ['cycle_business_seconds', 'i.cycle_business_seconds', 'The same on the working calendar. Null: not started or not finished.'],
      [
        'age_seconds',
        `case when i.outcome = 'open' then ${seconds('i.created_at', 'c.as_of_at')} end`,
        'Age of an open item as of the data. Null: not open.',
      ],
      ['ours_active_seconds', 'i.ours_active_seconds', 'Time worked on by us. Null while open: see analytics.interval.'],
      ['ours_waiting_seconds', 'i.ours_waiting_seconds', 'Time waiting for us. Null while open.'],
      ['customer_seconds', 'i.customer_seconds', 'Time waiting for the customer. Null while open.'],
      ['third_party_seconds', 'i.third_party_seconds', 'Time waiting for a third party. Null while open.'],
      ['unowned_seconds', 'i.unowned_seconds', 'Time nobody had it. Null while open.'],
      ['team_handoffs', 'i.team_handoffs', 'Changes of the owning team; the first assignment is none.'],
      ['team_returns', 'i.team_returns', 'Of those, back to a team that had it before.'],
      ['team_direct_returns', 'i.team_direct_returns', 'Of those, straight back to the team it came from.'],
      ['person_handoffs', 'i.person_handoffs', 'Changes of the owning person.'],
      ['person_returns', 'i.person_returns', 'Of those, back to a person who had it before.'],
      ['person_direct_returns', 'i.person_direct_returns', 'Of those, straight back to the person it came from.'],
      ['resolutions', 'i.resolutions', 'Times it was resolved.'],
      ['reopens', 'i.reopens', 'Times it was reopened.'],
      ['first_due_at', 'i.first_due_at', 'The first date given to the customer. Null: none.'],
      ['last_due_at', 'i.last_due_at', 'The last date given. Null: none.'],
      ['due_moves', 'i.due_moves', 'Times the date was moved, corrections left out.'],
      ['first_response_at', 'i.first_response_at', 'First public word of a person of ours. Null: none yet, or not told.'],
      ['first_response_seconds', seconds('i.created_at', 'i.first_response_at'), 'Creation to it, calendar clock. Null: none yet.'],
      ['first_response_business_seconds', 'i.first_response_business_seconds', 'The same on the working calendar. Null: none yet.'],
      ['event_count', 'i.event_count', 'Events in its story.'],
      ['first_event_at', 'i.first_event_at', 'First event.'],
      ['last_event_at', 'i.last_event_at', 'Latest event.'],
      ['as_of_at', 'c.as_of_at', "The data's own time of its connection."],
    ],
    from: `from facts.item i
    join core.item s on s.item_id = i.item_id
    join ingest.connection c on c.id = i.connection_id
    left join core.customer u on u.id = i.customer_id
    left join core.team f on f.id = i.first_team_id
    left join core.team t on t.id = i.team_id`,
  },
  {
    name: 'event',
    comment: 'One row per event of an item, in the order (at, seq, event_id). Texts of messages are in analytics.message.',
    columns: [
      itemId,
      connection,
      ['event_id', 'e.event_id', 'Identity of the event.'],
      ['at', 'e.at', 'When it happened.'],
      ['seq', 'e.seq', 'Order among events at the same instant.'],
      ['kind', 'e.kind', 'created, changed, promised, said, noted or rated.'],
      ['actor_role', 'e.actor_role', 'customer, agent, system or unknown. Null: not told.'],
      ['status', 's.name', 'Status after the event, as the tool names it. Null: says nothing of it.'],
      ['meaning', 's.meaning', 'Whose court that status is, done, cancelled or unmapped. Null: says nothing of it.'],
      [
        'says_team',
        'e.team_id is not null',
        'True where the event tells which team has the item; with a null team it tells that none has it.',
      ],
      ['team', 't.name', 'Team after the event. Null: see says_team.'],
      [
        'says_person',
        'e.person_id is not null',
        'True where the event tells which person has the item; with a null person it tells that nobody has it.',
      ],
      [
        'person',
        `case when e.person_id <> ${nobody} then ${pseudonym('e.person_id')} end`,
        'Pseudonym of the person after the event. Null: see says_person.',
      ],
      ['due_at', 'e.due_at', 'Of a promised event: the date given; null takes the promise back. Null elsewhere.'],
      ['asked_by_customer', 'e.asked_by_customer', 'Of a promised event: the customer asked for the date. Null: not told.'],
      ['side', 'e.side', 'Of a message: team, customer or system. Null elsewhere.'],
      ['is_public', 'e.is_public', 'Of a message: the customer can read it. Null elsewhere or not told.'],
      ['is_bot', 'e.is_bot', 'Of a message: written by an automation. Null elsewhere or not told.'],
      ['rating', 'e.rating', 'Of a rating: 0 bad to 1 good. Null elsewhere.'],
    ],
    from: `from core.event e
    join facts.item i on i.item_id = e.item_id
    join ingest.connection c on c.id = i.connection_id
    left join core.status s on s.id = e.status_id
    left join core.team t on t.id = e.team_id`,
  },
  {
    name: 'message',
    comment: 'One row per message with its text. The only view that holds what people wrote.',
    columns: [
      itemId,
      connection,
      ['event_id', 'm.event_id', 'Identity of the event that said it; joins analytics.event.'],
      ['at', 'e.at', 'When it was said.'],
      ['side', 'e.side', 'team, customer or system. Null: not told.'],
      ['is_public', 'e.is_public', 'The customer can read it. Null: not told.'],
      ['is_bot', 'e.is_bot', 'Written by an automation. Null: not told.'],
      ['language', 'm.language', 'Language code. Null: not told.'],
      ['body', 'm.body', 'The text.'],
      ['attachment_count', 'cardinality(m.attachments)', 'Files attached.'],
    ],
    from: `from core.message m
    join core.event e on e.item_id = m.item_id and e.event_id = m.event_id
    join facts.item i on i.item_id = m.item_id
    join ingest.connection c on c.id = i.connection_id`,
  },
];

/** The documented views of items, their events and whom they belong to: what analysts and exports see. */
export class Analytics1763700000050 implements MigrationInterface {
  name = 'Analytics1763700000050';

  async up(runner: QueryRunner): Promise<void> {
    for (const view of itemViews) await createDocumentedView(runner, view);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

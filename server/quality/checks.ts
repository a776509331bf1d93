import type { Signal } from '#etl/connector.js';

/** One way in which data can be worse than it looks. Its conditions decide both the count and the list, so they agree. */
export interface Check {
  id: string;
  /** Where the source cannot tell this, the check is absent. */
  needs?: Signal;
  /** Items that could have the fault. Over `item` (facts.item, null for deleted ones), `stored` (core.item) and `connection`. */
  among: string;
  /** Those of them that have it. */
  condition: string;
}

const derived = 'item.item_id is not null';
const counted = `${derived} and item.excluded is null`;
/** Clocks of two systems may differ by so much before it is worth a word. */
const tolerance = `interval '5 minutes'`;

const excludedAs = (reason: string): Check => ({ id: reason, among: derived, condition: `item.excluded = '${reason}'` });

export const checks: readonly Check[] = [
  {
    id: 'status-unmapped',
    needs: 'status',
    among: counted,
    condition: 'exists (select from facts.interval span where span.item_id = item.item_id and span.is_unmapped)',
  },
  { id: 'no-customer', needs: 'customer', among: counted, condition: 'item.customer_id is null' },
  {
    id: 'no-team',
    needs: 'team',
    among: counted,
    condition: `item.team_id is null and not exists (
      select from facts.ownership owner where owner.item_id = item.item_id and owner.level = 'team' and owner.owner_id is not null)`,
  },
  { id: 'end-unknown', needs: 'finish', among: counted, condition: `item.outcome = 'unknown'` },
  { id: 'ends-before-created', among: derived, condition: `item.excluded = 'clock_anomaly'` },
  { id: 'event-before-created', among: counted, condition: `item.first_event_at < item.created_at - ${tolerance}` },
  { id: 'in-the-future', among: derived, condition: `item.last_event_at > connection.as_of_at + ${tolerance}` },
  {
    id: 'silent-for-a-year',
    among: `${counted} and item.outcome = 'open'`,
    condition: `item.last_event_at < connection.as_of_at - interval '365 days'`,
  },
  excludedAs('merged'),
  excludedAs('duplicate'),
  excludedAs('spam'),
  excludedAs('test'),
  { id: 'deleted', among: 'true', condition: 'stored.deleted_at is not null' },
];

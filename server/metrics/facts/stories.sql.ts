/**
 * Items, events and messages as binary COPY, all in the order of `item_id`, so that they are read side by side.
 * `within` chooses the items; the columns are read in their order by `read-stories.ts`.
 */
export type Within = (alias: string) => string;

/** The items of a batch of `taken`; number from 0. */
export function ofBatch(batch: number): Within {
  return (alias) => `${alias}.item_id in (select taken.item_id from taken where taken.batch = ${Math.trunc(batch)})`;
}

/** All items from one id up to another, which is not among them; null: to the last. */
export function ofRange(from: string, before: string | null): Within {
  return (alias) => `${alias}.item_id >= '${from}'${before === null ? '' : ` and ${alias}.item_id < '${before}'`}`;
}

export function copyItems(within: Within): string {
  return `copy (
    select
      i.item_id, i.connection_id, i.as_of_at, i.created_at, i.started_at, i.finished_at, i.finish_is_explicit, i.customer_id,
      i.type, i.service, i.channel, i.priority, i.language, i.excluded
    from core.item i
    where ${within('i')} and i.deleted_at is null
    order by i.item_id
  ) to stdout (format binary)`;
}

export function copyEvents(within: Within): string {
  return `copy (
    select
      e.item_id, case when e.kind = 'said' then e.event_id end, e.at, e.seq, e.kind, e.actor_id, e.actor_role, e.status_id,
      e.team_id, e.person_id, e.due_at, e.asked_by_customer, e.rating, e.side, e.is_public, e.is_bot
    from core.event e
    where ${within('e')}
    order by e.item_id, e.at, e.seq, e.event_id
  ) to stdout (format binary)`;
}

export function copyMessages(within: Within): string {
  return `copy (
    select
      m.item_id, m.event_id, m.body, m.language, case when m.attachments <> '{}' then to_json(m.attachments)::text end
    from core.message m
    where ${within('m')}
    order by m.item_id, m.event_id
  ) to stdout (format binary)`;
}

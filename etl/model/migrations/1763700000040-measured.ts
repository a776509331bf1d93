import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What metrics read: each fact with the dimensions of its item beside it. The columnar copy holds tables of the same names and
 * columns, so one text of a metric runs in both. `version` is that of the item's facts.
 */
export class Measured1763700000040 implements MigrationInterface {
  name = 'Measured1763700000040';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table facts.state add column identity uuid not null default gen_random_uuid();
      comment on column facts.state.identity is 'Tells this database from any other, so that a copy of other facts is never taken for one of these.';

      create schema measured;

      create view measured.connection as
      select id as connection_id, name, as_of_at, capabilities::text as capabilities
      from ingest.connection;

      create view measured.team as
      select id as team_id, name
      from core.team;

      create view measured.customer as
      select id as customer_id, name, group_name, since_at
      from core.customer;

      create view measured.item as
      select
        version, item_id, connection_id, team_id, customer_id, type, service, channel, priority, language,
        first_team_id, created_at, started_at, finished_at, ended_at, outcome, excluded,
        lead_business_seconds, cycle_business_seconds, first_response_at, first_response_business_seconds
      from facts.item;

      create view measured.cycle as
      select
        i.version, i.item_id, i.connection_id, c.team_id, i.customer_id, i.type, i.service, i.channel, i.priority, i.language,
        i.excluded, c.n, c.opened_at, c.resolved_at, c.reopened_at
      from facts.cycle c
      join facts.item i on i.item_id = c.item_id;

      create view measured.interval as
      select
        i.version, i.item_id, i.connection_id, t.team_id, i.customer_id, i.type, i.service, i.channel, i.priority, i.language,
        i.excluded, t.n, t.from_at, t.to_at, t.court, t.is_owned, t.is_due_past, t.has_next_step, t.is_fresh
      from facts.interval t
      join facts.item i on i.item_id = t.item_id;

      create view measured.handoff as
      select
        i.version, i.item_id, i.connection_id, case h.level when 'team' then h.to_id else i.team_id end as team_id, i.customer_id,
        i.type, i.service, i.channel, i.priority, i.language,
        i.excluded, h.level, h.n, h.left_at, h.at, h.from_id, h.to_id, h.returns, h.acted_at, h.until_at, h.wait_business_seconds
      from facts.handoff h
      join facts.item i on i.item_id = h.item_id;

      create view measured.promise as
      select
        i.version, i.item_id, i.connection_id, i.team_id, i.customer_id, i.type, i.service, i.channel, i.priority, i.language,
        i.excluded, p.n, p.said_at, p.due_at, p.until_at, p.moved_seconds, p.is_after_due, p.asked_by_customer, p.is_last
      from facts.promise p
      join facts.item i on i.item_id = p.item_id;

      create view measured.promised as
      select
        i.version, i.item_id, i.connection_id, i.team_id, i.customer_id, i.type, i.service, i.channel, i.priority, i.language,
        i.excluded, i.outcome, i.ended_at, i.first_due_at, m.decisive_due_at, m.was_asked, m.net_seconds, m.gross_seconds, m.moves
      from facts.item i
      cross join lateral (
        select
          (array_agg(p.due_at order by p.n) filter (where p.due_at < p.until_at or p.until_at >= i.ended_at))[1] as decisive_due_at,
          coalesce(bool_or(p.n > 1 and p.asked_by_customer), false) as was_asked,
          coalesce(sum(p.moved_seconds), 0)::bigint as net_seconds,
          coalesce(sum(p.moved_seconds) filter (where p.moved_seconds > 0), 0)::bigint as gross_seconds,
          (count(*) filter (where p.moved_seconds <> 0))::int as moves
        from facts.promise p
        where p.item_id = i.item_id
      ) m
      where i.first_due_at is not null;
      comment on view measured.promised is 'Items with a promise, one row each.';
      comment on column measured.promised.decisive_due_at is 'The date that decided: the first that passed while it was in force, or else the one in force when the item ended. A date moved after it had passed stays the one that decided; one taken back decides nothing. Null: none has decided yet.';

      create view measured.silence as
      select
        i.version, i.item_id, i.connection_id, s.team_id, i.customer_id, i.type, i.service, i.channel, i.priority, i.language,
        i.excluded, s.n, s.from_at, s.to_at, s.ours_seconds
      from facts.silence s
      join facts.item i on i.item_id = s.item_id;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

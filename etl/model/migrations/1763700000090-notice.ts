import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The same rows of `measured.notice`, each item's words read once. */
export class Notice1763700000090 implements MigrationInterface {
  name = 'Notice1763700000090';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace view measured.notice as
      select
        i.version, i.item_id, i.connection_id, i.team_id, i.customer_id, i.type, i.service, i.channel, i.priority, i.language,
        i.excluded, i.outcome, i.ended_at, i.first_due_at, p.said_at as promised_at, heard.announced_at, heard.chased_at,
        (
          select min(m.said_at)
          from facts.promise m
          where m.item_id = i.item_id and m.n > 1 and m.asked_by_customer
        ) as asked_to_move_at
      from facts.item i
      join facts.promise p on p.item_id = i.item_id and p.n = 1
      cross join lateral (
        select
          min(w.at) filter (
            where w.at > p.said_at + interval '5 minutes'
              and w.side = 'team'
              and (w.gives_reason or w.gives_date)
              and w.due_at is distinct from i.first_due_at
          ) as announced_at,
          min(w.at) filter (where w.is_chase) as chased_at
        from facts.word w
        where w.item_id = i.item_id and w.at > p.said_at and w.at <= i.ended_at
      ) heard
      where i.first_due_at is not null;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What customers said of the work, in points. */
export class Ratings1763700000075 implements MigrationInterface {
  name = 'Ratings1763700000075';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table facts.rating (
        item_id uuid not null,
        n int not null,
        at timestamptz not null,
        rating float8 not null,
        team_id uuid,
        primary key (item_id, n)
      );
      comment on table facts.rating is 'Every rating of an item in its order, 0 bad to 1 good.';
      comment on column facts.rating.team_id is 'The team that had it when it was rated, or had it last.';
      insert into facts.dirty (item_id) select distinct item_id from core.event where kind = 'rated';

      create view measured.rating as
      select
        i.version, i.item_id, i.connection_id, r.team_id, i.customer_id, i.type, i.service, i.channel, i.priority, i.language,
        i.excluded, r.n, r.at, r.rating >= 0.5 as is_good
      from facts.rating r
      join facts.item i on i.item_id = r.item_id;
      comment on column measured.rating.is_good is 'In the upper half of the scale.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Facts are derived: drop the schema and rebuild.');
  }
}

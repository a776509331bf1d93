import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which person had which open item when: what the load of a person is counted from. */
export class Owners1763700000076 implements MigrationInterface {
  name = 'Owners1763700000076';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create view measured.owner as
      select
        i.version, i.item_id, i.connection_id, i.team_id, i.customer_id, i.type, i.service, i.channel, i.priority, i.language,
        i.excluded, o.n, o.owner_id, o.from_at, least(o.to_at, i.ended_at) as to_at
      from facts.ownership o
      join facts.item i on i.item_id = o.item_id
      where o.level = 'person' and o.owner_id is not null and o.from_at < i.ended_at;
      comment on view measured.owner is 'The persons who had an item, up to its end.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

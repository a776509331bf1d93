import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Further names of items: what addresses call them where the tool itself identifies them by something else. */
export class Aliases1763700000120 implements MigrationInterface {
  name = 'Aliases1763700000120';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table core.alias (
        item_id uuid not null,
        alias_id uuid not null,
        record_id uuid not null,
        primary key (item_id, alias_id)
      );
      create index on core.alias (alias_id);
      comment on table core.alias is 'Further names of items, each as the item id that it would give: a link may point to such an id. Looked up when links are read, so that it does not matter which of the two comes first.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

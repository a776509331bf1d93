import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets metrics read whether a handoff came with a note. */
export class HandoffNotes1763700000070 implements MigrationInterface {
  name = 'HandoffNotes1763700000070';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace view measured.handoff as
      select
        i.version, i.item_id, i.connection_id, case h.level when 'team' then h.to_id else i.team_id end as team_id, i.customer_id,
        i.type, i.service, i.channel, i.priority, i.language,
        i.excluded, h.level, h.n, h.left_at, h.at, h.from_id, h.to_id, h.returns, h.acted_at, h.until_at, h.wait_business_seconds,
        h.has_note
      from facts.handoff h
      join facts.item i on i.item_id = h.item_id;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Facts are derived: drop the schema and rebuild.');
  }
}

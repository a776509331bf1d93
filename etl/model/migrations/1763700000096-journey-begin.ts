import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tells handoffs to an item nobody has begun from those to a tool that could not tell. */
export class JourneyBegin1763700000096 implements MigrationInterface {
  name = 'JourneyBegin1763700000096';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace view measured.journey_handoff as
      select
        i.version, i.item_id, i.connection_id, coalesce(i.first_team_id, i.team_id) as team_id, i.customer_id, i.type, i.service,
        i.channel, i.priority, i.language, i.excluded, f.connection_id as from_connection_id,
        h.is_between_systems, h.at, h.touched_at, h.until_at, h.has_note, h.is_repeat,
        h.touched_at is not null
          or coalesce(c.capabilities #>> '{status,fidelity}', 'none') <> 'none'
          or coalesce(c.capabilities #>> '{messages,fidelity}', 'none') <> 'none' as is_begin_told
      from facts.journey_handoff h
      join facts.item i on i.item_id = h.item_id
      join facts.item f on f.item_id = h.from_item_id
      join ingest.connection c on c.id = i.connection_id;
      comment on column measured.journey_handoff.is_begin_told is 'The tool it went to tells statuses or messages, so that one begun would be seen.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The program reads the analytics views by a login of its own, which sees everything and owns nothing. */
export class ProgramReader1763700000190 implements MigrationInterface {
  name = 'ProgramReader1763700000190';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace view app.reader as
      select
        o.is_owner or coalesce(r.role_name is not null and r.scope is null, false) as sees_all,
        r.scope is not null as is_scoped,
        o.is_owner as sees_texts,
        case when r.scope ? 'team' then array(
          select t.id from core.team t where r.scope -> 'team' ? t.name
          union all
          select '00000000-0000-0000-0000-000000000000'::uuid where r.scope -> 'team' ? ''
        ) end as team_ids,
        case when r.scope ? 'service' then array(select jsonb_array_elements_text(r.scope -> 'service')) end as services,
        case when r.scope ? 'group' then array(select jsonb_array_elements_text(r.scope -> 'group')) end as groups
      from (
        select
          pg_has_role(session_user, n.nspowner, 'member') or session_user = 'throughline_app_' || d.oid as is_owner
        from pg_namespace n, pg_database d
        where n.nspname = 'analytics' and d.datname = current_database()
      ) o
      left join app.analyst_role r on r.role_name = session_user;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { itemViews } from './1763700000050-analytics.js';
import { flowViews } from './1763700000051-analytics-flow.js';
import { journeyViews } from './1763700000095-journeys.js';
import { type DocumentedView, narrowDocumentedView } from './documented-view.js';
import { ofSeenItems, seen } from './seen.js';

/** Lists of names: of what occurs in items that may be seen. */
const conditions: Record<string, string> = {
  connection: ofSeenItems('c.id', 'connection_id'),
  team: ofSeenItems('t.id', 'team_id'),
  customer: ofSeenItems('u.id', 'customer_id'),
};

/** Whoever reads the analytics views by a login of his own sees the items of his scope, whatever he asks, and no text of a message. */
export class Readers1763700000172 implements MigrationInterface {
  name = 'Readers1763700000172';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.analyst_role (
        role_name text primary key,
        label text not null,
        scope jsonb check (jsonb_typeof(scope) = 'object' and scope <> '{}'),
        made_at timestamptz not null default now()
      );
      comment on table app.analyst_role is 'Logins of PostgreSQL that may read the views of analytics: those of the workbench, one for each scope, and those made for a person.';
      comment on column app.analyst_role.label is 'Whose it is, as it was given; empty: of the workbench.';
      comment on column app.analyst_role.scope is 'Names of teams, services and groups: {"team": ["Billing"]}. Null: everything. A login that is not listed sees nothing.';

      create view app.reader as
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
      from (select pg_has_role(session_user, nspowner, 'member') as is_owner from pg_namespace where nspname = 'analytics') o
      left join app.analyst_role r on r.role_name = session_user;
      comment on view app.reader is 'What the login of this session may see; one row. By session_user, which no query can change.';
    `);
    for (const view of [...itemViews, ...flowViews, ...journeyViews]) {
      await narrowDocumentedView(runner, withoutTexts(view), conditions[view.name] ?? seen('i'));
    }
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

function withoutTexts(view: DocumentedView): DocumentedView {
  if (view.name !== 'message') return view;
  const columns = view.columns.map((column) =>
    column[0] === 'body'
      ? (['body', 'case when (select r.sees_texts from app.reader r) then m.body end', 'The text. Null for logins of analysts.'] as const)
      : column,
  );
  return { ...view, columns };
}

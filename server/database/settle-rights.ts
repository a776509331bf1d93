import type pg from 'pg';
import { programRoles, type ProgramRoles } from './program-roles.js';
import { calledFunctions, databaseRights, ownSchemas, schemaRights, tableRights } from './rights.js';

/**
 * Gives what is the program's to its roles, and its logins the rights of `rights.ts`, no more: what is right already is not touched.
 * Needs a superuser, or a member of these roles; within a transaction.
 */
export async function settleRights(admin: pg.ClientBase): Promise<void> {
  const roles = await programRoles(admin);
  const { rows } = await admin.query<{ isSuper: boolean }>('select rolsuper as "isSuper" from pg_roles where rolname = current_user');
  await run(admin, schemaOwners, [ownSchemas, roles.owner]);
  await run(admin, schemaGrants, [JSON.stringify(schemaRights.map((right) => ({ ...right, role: roles[right.login] })))]);
  await run(admin, databaseGrants, [JSON.stringify(databaseRights.map((right) => ({ ...right, role: roles[right.login] })))]);
  await run(admin, relationOwners, [ownSchemas, roles.owner, roles.etl]);
  await run(admin, routineOwners, [ownSchemas, roles.owner]);
  await run(admin, tableGrants, [JSON.stringify(wantedTables(roles)), [roles.app, roles.etl]]);
  await run(admin, routineGrants, [ownSchemas, rows[0]?.isSuper ? calledFunctions : [], [roles.app, roles.etl]]);
}

/** Whether the roles are there. */
export async function hasProgramRoles(client: pg.ClientBase): Promise<boolean> {
  const { rowCount } = await client.query('select from pg_roles where rolname = any ($1)', [Object.values(await programRoles(client))]);
  return rowCount === 3;
}

async function run(admin: pg.ClientBase, differences: string, parameters: unknown[]): Promise<void> {
  const { rows } = await admin.query<{ statement: string }>(differences, parameters);
  for (const { statement } of rows) await admin.query(statement);
}

function wantedTables(roles: ProgramRoles) {
  return tableRights.flatMap(({ login, schema, may, only = null, except = [] }) =>
    may.map((privilege) => ({ role: roles[login], schema, privilege, chosen: only, spared: except })),
  );
}

const schemaOwners = `
select format('alter schema %I owner to %I', nspname, $2::text) as statement
from pg_namespace
where nspname = any ($1) and pg_get_userbyid(nspowner) <> $2`;

const schemaGrants = `
select format('grant %s on schema %I to %I', w.may, w.schema, w.role) as statement
from jsonb_to_recordset($1::jsonb) as w (role text, schema text, may text)
join pg_namespace n on n.nspname = w.schema
where not exists (
  select from aclexplode(n.nspacl) a where a.grantee = w.role::regrole and lower(a.privilege_type) = w.may
)`;

const databaseGrants = `
select format('grant %s on database %I to %I', w.may, d.datname, w.role) as statement
from jsonb_to_recordset($1::jsonb) as w (role text, may text)
join pg_database d on d.datname = current_database()
where not exists (
  select from aclexplode(d.datacl) a where a.grantee = w.role::regrole and lower(a.privilege_type) = w.may
)`;

/** Facts go to whoever rebuilds them. The sequence of a column goes with its table. */
const relationOwners = `
select format('alter %s %I.%I owner to %I', case c.relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end, n.nspname, c.relname,
  case n.nspname when 'facts' then $3::text else $2::text end) as statement
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = any ($1) and c.relkind in ('r', 'p', 'v', 'S')
  and pg_get_userbyid(c.relowner) <> case n.nspname when 'facts' then $3::text else $2::text end
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i') and c.relkind = 'S')
order by c.relkind <> 'p', c.oid`;

const routineOwners = `
select format('alter routine %s owner to %I', p.oid::regprocedure, $2::text) as statement
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
where n.nspname = any ($1) and pg_get_userbyid(p.proowner) <> $2`;

/** Both ways: what is missing is granted, what is too much is taken. A partition is read through its table. */
const tableGrants = `
with
  relation as (
    select c.oid, n.nspname as schema, c.relname as name, c.relowner, c.relacl
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v') and not c.relispartition
      and (n.nspname in (select schema from jsonb_to_recordset($1::jsonb) as w (schema text)))
  ),
  wanted as (
    select r.oid, w.role, w.privilege
    from jsonb_to_recordset($1::jsonb) as w (role text, schema text, privilege text, chosen text[], spared text[])
    join relation r on r.schema = w.schema and (w.chosen is null or r.name = any (w.chosen)) and r.name <> all (w.spared)
  ),
  held as (
    select r.oid, pg_get_userbyid(a.grantee) as role, lower(a.privilege_type) as privilege
    from relation r, aclexplode(r.relacl) a
    where a.grantee <> r.relowner and pg_get_userbyid(a.grantee) = any ($2)
  )
select format('grant %s on %s to %I', string_agg(privilege, ', '), oid::regclass, role) as statement
from (select oid, role::text, privilege from wanted except select oid, role::text, privilege from held) missing
group by oid, role
union all
select format('revoke %s on %s from %I', string_agg(privilege, ', '), oid::regclass, role)
from (select oid, role::text, privilege from held except select oid, role::text, privilege from wanted) excess
group by oid, role`;

/** Their own functions, and those of PostgreSQL that are named, said for themselves: what everybody has may be taken from everybody. */
const routineGrants = `
select format('grant execute on routine %s to %I', p.oid::regprocedure, r.role) as statement
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
cross join unnest($3::text[]) r (role)
where (n.nspname = any ($1) and p.prorettype <> 'trigger'::regtype or p.oid = any (array(select to_regprocedure(name) from unnest($2::text[]) name)))
  and not exists (select from aclexplode(p.proacl) a where a.grantee = r.role::regrole and a.privilege_type = 'EXECUTE')`;

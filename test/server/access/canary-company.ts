import type pg from 'pg';
import type { Scope } from '#server/access/principal.js';
import { sampleDatabase } from '../../support/sample-company.js';
import type { TestDatabase } from '../../support/database.js';

/** Whose items somebody sees: all, those of one team, those of one group of customers. */
export const scopeNames = ['everything', 'team', 'group'] as const;
export type ScopeName = (typeof scopeNames)[number];

/** What is kept about items, and whose: of everything, of what a scope leaves, and of what it keeps back. */
export const markers = ['all', 'own-team', 'own-group', 'other-team', 'other-group'] as const;
export type Marker = (typeof markers)[number];

export interface CanaryCompany extends TestDatabase {
  scopes: Record<ScopeName, Scope | null>;
  filters: Record<Marker, Partial<Record<'team' | 'group' | 'customer', string[]>>>;
  /** An open item that each scope leaves, and one it keeps back, with its number in the tool. */
  items: Record<ScopeName, { own: string; foreign: string; foreignKey: string }>;
  /** The customer of items that neither the team nor the group has. */
  foreignCustomer: string;
  /** The canaries somebody of the scope may meet. */
  allowed: Record<ScopeName, ReadonlySet<string>>;
}

/** Every canary in a text. */
export function canariesIn(text: string): string[] {
  return text.match(/QZ[a-z]\d+Z/g) ?? [];
}

/** Canaries of things that are kept. */
export const canaryOf: Record<Marker | 'foreign-customer' | 'stranger', string> = {
  all: 'QZo1Z',
  'own-team': 'QZo2Z',
  'own-group': 'QZo3Z',
  'other-team': 'QZo4Z',
  'other-group': 'QZo5Z',
  'foreign-customer': 'QZo6Z',
  stranger: 'QZo7Z',
};

/** Of the items that are over a sixteenth: enough that every list has rows of both sides. */
const keptItems = `outcome = 'open' or item_id::text ~ '^0'`;

/** A part of the sample company in which every item, customer, person and message has a name of its own that can be looked for. */
export async function canaryCompany(): Promise<CanaryCompany> {
  const database = await sampleDatabase();
  const { pool } = database;
  await keepPart(pool);
  await pool.query(
    `update core.customer c set name = 'QZc' || n || 'Z' from (select id, row_number() over () as n from core.customer) k where k.id = c.id`,
  );
  await pool.query(
    `update core.person c set name = 'QZp' || n || 'Z' from (select id, row_number() over () as n from core.person) k where k.id = c.id`,
  );
  await pool.query(`
    create table public.canary as
    select i.item_id, 'QZi' || row_number() over (order by i.item_id) || 'Z' as canary, i.customer_id, t.name as team, u.group_name,
      u.name as customer, i.outcome = 'open' as is_open,
      array(select distinct h.name from facts.ownership o join core.team h on h.id = o.owner_id where o.item_id = i.item_id and o.level = 'team') as teams
    from facts.item i
    left join core.team t on t.id = i.team_id
    left join core.customer u on u.id = i.customer_id`);
  await pool.query('update core.item s set title = c.canary from public.canary c where c.item_id = s.item_id');
  await pool.query('update core.message m set body = c.canary from public.canary c where c.item_id = m.item_id');
  const team = await most(pool, 'team');
  const group = await most(pool, 'group_name');
  const within: Record<ScopeName, string> = {
    everything: 'true',
    team: `(team = '${team.first}' or '${team.first}' = any(teams))`,
    group: `group_name is not distinct from '${group.first}'`,
  };
  const read = async (sql: string) => (await pool.query<{ name: string }>(sql)).rows.map(({ name }) => name);
  const [foreignCustomer = ''] = await read(
    `select customer as name from public.canary where customer is not null
    group by customer having bool_and(not ${within.team} and not coalesce(${within.group}, false)) order by customer`,
  );
  const allowed = async (scope: ScopeName, kept: string[]) =>
    new Set([
      ...(await read(`select canary as name from public.canary where ${within[scope]}`)),
      ...(await read(`select distinct customer as name from public.canary where customer is not null and ${within[scope]}`)),
      ...kept,
    ]);
  const itemsOf = async (scope: ScopeName) => {
    const [own = ''] = await read(`select item_id::text as name from public.canary where is_open and ${within[scope]} order by item_id`);
    const foreign = scope === 'everything' ? 'is_open' : `is_open and not coalesce(${within[scope]}, false)`;
    const { rows } = await pool.query<{ id: string; key: string }>(
      `select c.item_id as id, s.external_id as key from public.canary c join core.item s on s.item_id = c.item_id where ${foreign} order by c.item_id desc`,
    );
    return { own, foreign: rows[0]?.id ?? '', foreignKey: rows[0]?.key ?? '' };
  };
  return {
    ...database,
    scopes: { everything: null, team: { team: [team.first] }, group: { group: [group.first] } },
    filters: {
      all: {},
      'own-team': { team: [team.first] },
      'own-group': { group: [group.first] },
      'other-team': { team: [team.second] },
      'other-group': { group: [group.second] },
    },
    items: { everything: await itemsOf('everything'), team: await itemsOf('team'), group: await itemsOf('group') },
    foreignCustomer,
    allowed: {
      everything: await allowed('everything', [
        ...(await read('select name from core.customer')),
        ...Object.values(canaryOf).filter((canary) => canary !== canaryOf.stranger),
      ]),
      team: await allowed('team', [canaryOf['own-team']]),
      group: await allowed('group', [canaryOf['own-group']]),
    },
  };
}

async function keepPart(pool: pg.Pool): Promise<void> {
  await pool.query(`create table public.kept_item as select item_id from facts.item where ${keptItems}`);
  const { rows } = await pool.query<{ name: string }>(
    `select c.table_name as name
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'facts' and c.column_name = 'item_id' and t.table_type = 'BASE TABLE'
      and t.table_name not in ('dirty', 'removed') and t.table_name !~ '_v[0-9]+$'`,
  );
  for (const { name } of rows) {
    await pool.query(`create table public.kept_rows as select f.* from facts.${name} f join public.kept_item k on k.item_id = f.item_id`);
    await pool.query(`truncate facts.${name}`);
    await pool.query(`insert into facts.${name} select * from public.kept_rows`);
    await pool.query('drop table public.kept_rows');
  }
  await pool.query('update facts.state set version = version + 1, identity = gen_random_uuid()');
}

/** The two names that most items have. */
async function most(pool: pg.Pool, column: 'team' | 'group_name'): Promise<{ first: string; second: string }> {
  const { rows } = await pool.query<{ name: string }>(
    `select ${column} as name from public.canary where ${column} is not null group by 1 order by count(*) desc, 1 limit 2`,
  );
  return { first: rows[0]?.name ?? '', second: rows[1]?.name ?? '' };
}

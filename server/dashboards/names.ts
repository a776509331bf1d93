import type pg from 'pg';
import type { Dimension } from '#dashboards/metric-result.js';
import type { Scope } from '../access/principal.js';
import { scopeCondition } from '../access/scope.js';
import type { NamesResponse } from '../api.js';

/** A name with what it is found by. */
export interface KnownName {
  name: string;
  folded: string;
}

/** As many as a reader looks through; more are found by typing on. */
const mostNames = 60;

/** All names that items of a scope have, of each dimension, most frequent first. */
export async function readNames(pool: pg.Pool, scope: Scope | null = null): Promise<Record<Dimension, KnownName[]>> {
  const parameters: unknown[] = [];
  const { rows } = await pool.query<{ dimension: Dimension; name: string }>(
    `
    with named as (
      select i.type, i.service, i.channel, i.priority, i.language, t.name as team, u.name as customer, u.group_name as customer_group, c.name as connection
      from facts.item i
      join ingest.connection c on c.id = i.connection_id
      left join core.team t on t.id = i.team_id
      left join core.customer u on u.id = i.customer_id
      where i.excluded is null and ${scopeCondition(scope, 'i', parameters)}
    )
    select v.dimension, v.name
    from named
    cross join lateral (values
      ('team', team), ('type', type), ('service', service), ('channel', channel), ('priority', priority),
      ('customer', customer), ('group', customer_group), ('connection', connection), ('language', language)
    ) v (dimension, name)
    where v.name is not null
    group by v.dimension, v.name
    order by count(*) desc, v.name`,
    parameters,
  );
  const known: Record<Dimension, KnownName[]> = {
    team: [],
    type: [],
    service: [],
    channel: [],
    priority: [],
    customer: [],
    group: [],
    connection: [],
    language: [],
  };
  for (const { dimension, name } of rows) known[dimension].push({ name, folded: fold(name) });
  return known;
}

/** Those that contain what is looked for, most frequent first; those that begin with it before the others. */
export function findNames(names: readonly KnownName[], wanted: string): NamesResponse {
  const part = fold(wanted);
  const found = names.filter(({ folded }) => folded.includes(part));
  const ranked = [...found.filter(({ folded }) => folded.startsWith(part)), ...found.filter(({ folded }) => !folded.startsWith(part))];
  return { names: ranked.slice(0, mostNames).map(({ name }) => name), total: found.length };
}

/**
 * A text as it is looked for: without case, accents, joiners and the letters that keyboards of one language write in two ways.
 * Turkish İ, I, ı and i are one; so are Arabic and Persian yeh and kaf, the forms of alef, and the digits of all.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}|\u200c|\u200d|\u0640/gu, '')
    .replace(/[ıيىكةأإٱև]/g, (letter) => alike[letter] ?? letter)
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digitOf(digit)))
    .replace(/\s+/g, ' ')
    .trim();
}

const alike: Record<string, string> = { ı: 'i', ي: 'ی', ى: 'ی', ك: 'ک', ة: 'ه', أ: 'ا', إ: 'ا', ٱ: 'ا', և: 'եւ' };

/** Both blocks begin with 0 at a multiple of 16. */
function digitOf(digit: string): number {
  return (digit.codePointAt(0) ?? 0) & 0xf;
}

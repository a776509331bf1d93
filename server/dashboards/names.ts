import type pg from 'pg';
import type { Dimension } from '#dashboards/metric-result.js';
import type { NamesResponse } from '../api.js';

/** A name with what it is found by. */
export interface KnownName {
  name: string;
  folded: string;
}

/** As many as a reader looks through; more are found by typing on. */
const mostNames = 60;

/** Where each dimension has its names. */
const columns: Record<Dimension, string> = {
  team: 't.name',
  type: 'i.type',
  service: 'i.service',
  channel: 'i.channel',
  priority: 'i.priority',
  customer: 'u.name',
  group: 'u.group_name',
  connection: 'c.name',
  language: 'i.language',
};

/** All names of a dimension that items have, most frequent first. */
export async function readNames(pool: pg.Pool, dimension: Dimension): Promise<KnownName[]> {
  const column = columns[dimension];
  const { rows } = await pool.query<{ name: string }>(`
    select ${column} as name
    from facts.item i
    join ingest.connection c on c.id = i.connection_id
    left join core.team t on t.id = i.team_id
    left join core.customer u on u.id = i.customer_id
    where i.excluded is null
      and ${column} is not null
    group by ${column}
    order by count(*) desc, ${column}`);
  return rows.map(({ name }) => ({ name, folded: fold(name) }));
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

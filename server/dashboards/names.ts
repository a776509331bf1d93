import { dimensions, type Dimension } from '#dashboards/metric-result.js';
import { scopeDimensions, type Scope } from '../access/principal.js';
import type { NamesResponse } from '../api.js';
import type { MetricEngine } from '../metrics/engine.js';

/** A name with what it is found by. */
export interface KnownName {
  name: string;
  folded: string;
}

/** As many as a reader looks through; more are found by typing on. */
const mostNames = 60;

/** Over an item `i` and what it is named after. */
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

/** All names that items of a scope have, of each dimension, most frequent first. */
export async function readNames(engine: Pick<MetricEngine, 'query'>, scope: Scope | null = null): Promise<Record<Dimension, KnownName[]>> {
  const parameters: string[] = [];
  const seen = scopeDimensions.flatMap((dimension) => {
    const wanted = scope?.[dimension];
    if (wanted === undefined) return [];
    const places = wanted.map((name) => `$${parameters.push(name)}`);
    return [places.length === 0 ? 'false' : `coalesce(${columns[dimension]}, '') in (${places.join(', ')})`];
  });
  const named = (dimension: Dimension) => `
    select '${dimension}' as dimension, ${dimension}_name as name, count(*)::int as items
    from named
    where ${dimension}_name is not null
    group by ${dimension}_name`;
  const rows = await engine.query(
    `with named as (
      select ${dimensions.map((dimension) => `${columns[dimension]} as ${dimension}_name`).join(', ')}
      from measured.item i
      join measured.connection c on c.connection_id = i.connection_id
      left join measured.team t on t.team_id = i.team_id
      left join measured.customer u on u.customer_id = i.customer_id
      where ${['i.excluded is null', ...seen].join(' and ')}
    )
    ${dimensions.map(named).join('\n    union all')}
    order by items desc, name`,
    parameters,
  );
  const known = Object.fromEntries(dimensions.map((dimension) => [dimension, [] as KnownName[]])) as Record<Dimension, KnownName[]>;
  for (const { dimension, name } of rows) known[dimension as Dimension].push({ name: String(name), folded: fold(String(name)) });
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

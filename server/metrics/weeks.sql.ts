import { momentJoin, sumNames, type Pieces, type TimedUnits } from './item-time.sql.js';

/** Units of whole weeks that an engine holds. */
export interface HeldWeeks {
  relation: string;
  /** Each bucket is one week; else some are several. */
  isEach: boolean;
}

/** Names that no two teams share: an item has one row a week with such a team. */
const soleTeams = `select max(team_id::text)::uuid from measured.team group by name having count(*) = 1 and max(name) <> ''`;

/**
 * CTE `placed` out of weeks that are held. Each row of them is the time of an item with one team; added up are only those of items that
 * were with several teams in a week where these make one segment.
 */
export function weekPlacement(units: TimedUnits, pieces: Pieces, { relation, isEach }: HeldWeeks): string {
  const names = sumNames(units);
  const mark = `b.bucket, ${pieces.segment} as segment, u.item_id, u.is_excluded`;
  const added = (
    filters: string[],
  ) => `select ${mark}, ${names.map((name) => `sum(u.${name}) as ${name}`).join(', ')}${units.hasType ? ', min(u.type) as type' : ''}
  ${momentJoin(relation, { ...pieces, filters: [...pieces.filters, ...filters] })}
  group by b.bucket, ${pieces.segment}, u.item_id, u.is_excluded`;
  if (!isEach) return `placed as (\n  ${added([])}\n)`;
  const isWhole = pieces.segment.includes('team.name') ? `(u.is_alone or u.team_id in (${soleTeams}))` : 'u.is_alone';
  return `placed as (
  select ${mark}, ${names.map((name) => `u.${name}`).join(', ')}${units.hasType ? ', u.type' : ''}
  ${momentJoin(relation, { ...pieces, filters: [...pieces.filters, isWhole] })}
  union all
  ${added([`(${isWhole}) is not true`])}
)`;
}

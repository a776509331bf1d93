import type { Parameters } from './metric.js';

/** What a list of items can be put in order by. */
export const itemSorts = ['contribution', 'title', 'customer', 'team', 'type', 'created', 'outcome'] as const;
export type ItemSort = (typeof itemSorts)[number];

/** How a list is put in order. What has no value comes last either way. */
export interface ItemOrder {
  by: ItemSort;
  isDescending: boolean;
  /** Tells orders apart whose names are ranked otherwise, such as in another language. */
  key: string;
  /**
   * Of what has a name, the keys in the order of their names: ids of teams, customers and items, types as they are. `list` is the
   * select that names the items (`item_id`) of the list.
   */
  ranked?(list: { sql: string; parameters: readonly string[] }): Promise<readonly string[]>;
}

/** As lists come where nobody asks for an order: the greatest contribution first. */
export const byContribution: ItemOrder = { by: 'contribution', isDescending: true, key: '' };

/** Control character that no key holds. */
const separator = '\u001f';

const keys: Partial<Record<ItemSort, string>> = {
  title: 'l.item_id::text',
  customer: 'i.customer_id::text',
  team: 'i.team_id::text',
  type: 'i.type',
};

/** Over `listed` (item_id, contribution): the CTE `named` where names are ranked, the relations, and the expressions of the order. */
export function orderedList(
  { by, isDescending }: ItemOrder,
  ranked: readonly string[],
  parameters: Parameters,
): { cte: string; from: string; order: string } {
  const direction = isDescending ? 'desc' : 'asc';
  const last = 'l.contribution desc nulls last, l.item_id';
  const items = 'listed l\njoin measured.item i on i.item_id = l.item_id';
  if (by === 'contribution') return { cte: '', from: 'listed l', order: `l.contribution ${direction} nulls last, l.item_id` };
  const key = keys[by];
  if (key === undefined) {
    const column = by === 'created' ? 'i.created_at' : 'i.ended_at';
    return { cte: '', from: items, order: `${column} ${direction} nulls last, ${last}` };
  }
  const list = (values: readonly (string | number)[]) => `string_to_array(${parameters.add(values.join(separator))}, chr(31))`;
  return {
    cte: `,
named as (
  select unnest(${list(ranked)}) as key, unnest(${list(ranked.map((_, rank) => rank))})::int as rank
)`,
    from: `${items}\nleft join named r on r.key = ${key}`,
    order: `r.rank ${direction} nulls last, ${last}`,
  };
}

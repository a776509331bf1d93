/** Columns of a list of items, in their order; the item itself always is the first. */
export const columns = ['contribution', 'customer', 'team', 'type', 'created', 'outcome'] as const;
export type Column = (typeof columns)[number];

export type Sort = Column | 'title';
export const sorts: readonly Sort[] = ['title', ...columns];

/** The order of a list in its address; what it does not know is told. */
export function readOrder(query: Pick<URLSearchParams, 'get'>): { sort: Sort; isDescending: boolean; unknown: string[] } {
  const [sort, order] = [query.get('sort'), query.get('order')];
  const known = sorts.find((one) => one === sort) ?? 'contribution';
  const isOrder = order === 'asc' || order === 'desc';
  return {
    sort: known,
    isDescending: isOrder ? order === 'desc' : known === 'contribution',
    unknown: [...(sort === null || sort === known ? [] : [`sort=${sort}`]), ...(order === null || isOrder ? [] : [`order=${order}`])],
  };
}

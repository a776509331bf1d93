import type { ChartResponse } from '#server/api.js';

/** A chart whose numbers are shown as a table, and how. Columns are counted from 1, in the order of the table. */
export interface TableChoice {
  chart: string;
  /** Null: as the chart has them. */
  sort: { column: number; isDescending: boolean } | null;
  /** Ascending. The first column says what a line is about, and always stays. */
  leftOut: readonly number[];
}

/** The tables of an address; what it says of a table that is not shown is unknown. */
export function readTables(query: Pick<URLSearchParams, 'getAll'>, unknown: string[]): TableChoice[] {
  const charts = [...new Set(query.getAll('table'))];
  const said = (name: string, pattern: RegExp) =>
    query.getAll(name).flatMap((value) => {
      const [, chart = '', column, way] = pattern.exec(value) ?? [];
      if (charts.includes(chart)) return [{ chart, column: Number(column), way }];
      unknown.push(`${name}=${value}`);
      return [];
    });
  const sorts = said('table-sort', /^(.+)\.([1-9]\d?)\.(asc|desc)$/);
  const left = said('table-without', /^(.+)\.([2-9]|[1-9]\d)$/);
  return charts.map((chart) => {
    const sort = sorts.find((one) => one.chart === chart);
    const leftOut = new Set(left.flatMap((one) => (one.chart === chart ? [one.column] : [])));
    return {
      chart,
      sort: sort ? { column: sort.column, isDescending: sort.way === 'desc' } : null,
      leftOut: [...leftOut].sort((one, other) => one - other),
    };
  });
}

export function writeTables(tables: readonly TableChoice[], query: URLSearchParams): void {
  for (const { chart } of tables) query.append('table', chart);
  for (const { chart, sort } of tables)
    if (sort) query.append('table-sort', `${chart}.${sort.column}.${sort.isDescending ? 'desc' : 'asc'}`);
  for (const { chart, leftOut } of tables) for (const column of leftOut) query.append('table-without', `${chart}.${column}`);
}

/** The tables with that of one chart as it is wanted now; null: it is closed. */
export function withTable(tables: readonly TableChoice[], chart: string, wanted: TableChoice | null): readonly TableChoice[] {
  const others = tables.filter((one) => one.chart !== chart);
  if (wanted === null) return others;
  return others.length < tables.length ? tables.map((one) => (one.chart === chart ? wanted : one)) : [...tables, wanted];
}

/** What the address says of charts the board has not, and of columns their tables have not. A chart without numbers has no head to go by. */
export function unknownTables(tables: readonly TableChoice[], charts: readonly Pick<ChartResponse, 'id' | 'table'>[]): string[] {
  return tables.flatMap(({ chart, sort, leftOut }) => {
    const shown = charts.find(({ id }) => id === chart);
    if (!shown) return [`table=${chart}`];
    const most = shown.table[0]?.length ?? Infinity;
    const query = new URLSearchParams();
    const isBeyond = sort !== null && sort.column > most;
    writeTables([{ chart, sort: isBeyond ? sort : null, leftOut: leftOut.filter((column) => column > most) }], query);
    query.delete('table');
    return [...query].map(([name, value]) => `${name}=${value}`);
  });
}

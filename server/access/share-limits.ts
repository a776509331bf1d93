import { ForbiddenException } from '@nestjs/common';
import type { Board } from '#dashboards/dashboard.js';
import { dimensions } from '#dashboards/metric-result.js';
import type { SharedPage } from './share-page.js';

/** A request as far as it says what is asked for. */
export interface AskedRoute {
  method: string;
  /** With the names of its parameters, as `/api/boards/:id`. */
  template: string;
  parameters: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string | string[] | undefined>>;
}

/** Throws a 403 for all but the page of the link: its board or summary, and the items and reasons behind the charts of the board. */
export function keepToSharedPage(page: SharedPage, boards: readonly Board[], asked: AskedRoute): void {
  if (asked.method === 'GET' && asked.template === '/api/state') return;
  if (asked.method !== 'GET' || !isOfPage(page, boards, asked)) {
    throw new ForbiddenException('This link opens one page and the items behind its charts; for more, ask for an account.');
  }
  if (page.kind === 'board') keepFilters(page, asked);
}

function isOfPage({ kind, id }: SharedPage, boards: readonly Board[], { template, parameters }: AskedRoute): boolean {
  const own = parameters['id'];
  if (kind === 'report') return ['/api/reports/:id', '/api/reports/:id/pdf'].includes(template) && own === id;
  if (['/api/boards/:id', '/api/boards/:id/charts'].includes(template)) return own === id;
  const charts = boards.find((board) => board.id === id)?.charts ?? [];
  if (template === '/api/charts/:id/why') return charts.some((chart) => chart.id === own);
  if (template === '/api/metrics/:id/items')
    return charts.some(({ queries, units = [] }) => [...queries, ...units].some(({ metric }) => metric === own));
  return false;
}

function keepFilters({ filters }: SharedPage, { query }: AskedRoute): void {
  for (const dimension of dimensions) {
    const allowed = filters[dimension];
    if (allowed === undefined) continue;
    const asked = [query[dimension] ?? []].flat();
    if (asked.length > 0 && asked.every((name) => allowed.includes(name))) continue;
    throw new ForbiddenException(`This link shows ${dimension} ${allowed.join(', ')} alone; the filter can be narrowed and not taken off.`);
  }
}

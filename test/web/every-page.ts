import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { boards } from '#dashboards/boards/index.js';
import { repositoryRoot } from '../support/import-directions.js';
import type { Site } from './browser.js';

/** An address for each route of the page; `:item` and `:connection` stand for one of the sample's, `:board` for one a person made. */
const addresses: Record<string, string[]> = {
  '/': ['/'],
  '/account': ['/account'],
  '/account/second-factor': ['/account/second-factor'],
  '/account/shares': ['/account/shares'],
  '/account/tokens': ['/account/tokens'],
  '/alerts': ['/alerts', '/alerts?new=threshold'],
  '/alerts/[id]': ['/alerts/:alert'],
  '/api-docs': ['/api-docs?subject=Notes'],
  '/audit': ['/audit'],
  '/boards/[id]': boards.map(({ id }) => `/boards/${id}`),
  '/boards/[id]/items': ['/boards/handoff/items?metric=handoffs&mark-grain=all&bucket=all'],
  '/connections/new': ['/connections/new'],
  '/connections/[name]': ['/connections/:connection'],
  '/data': ['/data'],
  '/data/quality': ['/data/quality'],
  '/exports': ['/exports'],
  '/health': ['/health'],
  '/items/[id]': ['/items/:item'],
  '/my': ['/my'],
  '/my/[id]': ['/my/:board'],
  '/privacy': ['/privacy'],
  '/reports': ['/reports'],
  '/reports/[id]': ['/reports/:report'],
  '/reports/schedules': ['/reports/schedules'],
  '/share': ['/share'],
  '/sign-in': ['/sign-in'],
  '/users': ['/users'],
  '/wall': ['/wall'],
  '/wall/[board]': ['/wall/delay', '/wall/my::board'],
  '/workbench': ['/workbench'],
  '/watch': ['/watch', '/watch?view=customers'],
  '/welcome': ['/welcome'],
};

/** Every page there is: a route that has no address here is told, so that a new one cannot be left out. */
export async function everyPage(site: Pick<Site, 'address'>, as: Record<string, string> = {}): Promise<string[]> {
  const routes = readdirSync(join(repositoryRoot, 'web/src/routes'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('+page.svelte'))
    .map((path) => `/${path.replace(/\/?\+page\.svelte$/, '')}`);
  const missing = routes.filter((route) => !Object.hasOwn(addresses, route));
  if (missing.length > 0) throw new Error(`test/web/every-page.ts has no address for the route ${missing.join(', ')}; add one.`);
  const ask = asking(site.address, as);
  const alert = await anAlert(ask);
  const report = await aReport(ask);
  const [item, connection, board] = await Promise.all([anItem(ask), aConnection(ask), aPersonalBoard(ask)]);
  return routes
    .flatMap((route) => addresses[route] ?? [])
    .map((path) =>
      path
        .replace(':item', item)
        .replace(':report', report)
        .replace(':alert', alert)
        .replace(':connection', connection)
        .replace(':board', board),
    );
}

type Ask = <Answer>(path: string, body?: object) => Promise<Answer>;

/** As the page asks; `as`: headers of somebody who is signed in. */
function asking(address: string, as: Record<string, string>): Ask {
  return async <Answer>(path: string, body?: object) => {
    const headers = { ...as, origin: address, 'sec-fetch-site': 'same-origin' };
    const answer = await fetch(address + path, {
      headers: body ? { ...headers, 'content-type': 'application/json' } : headers,
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };
}

/** The same is one report however often it is asked for. */
async function aReport(ask: Ask): Promise<string> {
  return (await ask<{ id: string }>('/api/reports', { boards: ['delay'] })).id;
}

async function anItem(ask: Ask): Promise<string> {
  const { items } = await ask<{ items: { id: string }[] }>('/api/metrics/handoffs/items?grain=all&bucket=all&limit=1');
  return items[0]?.id ?? '';
}

/** Made where there is none yet; it fires. */
async function anAlert(ask: Ask): Promise<string> {
  const [known] = await ask<{ id: string }[]>('/api/alerts');
  if (known) return known.id;
  const body = { name: 'Late untold', owner: 'Ann', rule: { kind: 'items' }, delivery: { zone: 'Europe/Berlin' } };
  return (await ask<{ id: string }>('/api/alerts', body)).id;
}

async function aConnection(ask: Ask): Promise<string> {
  const { connections } = await ask<{ connections: { name: string }[] }>('/api/state');
  return encodeURIComponent(connections[0]?.name ?? '');
}

/** Made where there is none yet, as a script makes it. */
async function aPersonalBoard(ask: Ask): Promise<string> {
  const [known] = await ask<{ id: string }[]>('/api/personal-boards');
  if (known) return known.id;
  const charts = [
    { board: 'delay', chart: 'on-time', width: 'full' },
    { board: 'handoff', chart: 'wait-causes' },
    { board: 'delay', chart: 'silence' },
  ];
  return (await ask<{ id: string }>('/api/personal-boards', { title: 'Monday', owner: 'Ann', charts })).id;
}

/** What a test goes through every page with: all of it by `npm run test:pages`, in `npm test` so much that each value has its turn. */
export function turns<Turn>(every: readonly Turn[], usual: readonly Turn[]): readonly Turn[] {
  return process.env['THROUGHLINE_PAGES'] === 'every' ? every : usual;
}

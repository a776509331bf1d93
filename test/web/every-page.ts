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
export async function everyPage(site: Site): Promise<string[]> {
  const routes = readdirSync(join(repositoryRoot, 'web/src/routes'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('+page.svelte'))
    .map((path) => `/${path.replace(/\/?\+page\.svelte$/, '')}`);
  const missing = routes.filter((route) => !Object.hasOwn(addresses, route));
  if (missing.length > 0) throw new Error(`test/web/every-page.ts has no address for the route ${missing.join(', ')}; add one.`);
  const alert = await anAlert(site);
  const report = await aReport(site);
  const [item, connection, board] = await Promise.all([anItem(site), aConnection(site), aPersonalBoard(site)]);
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

/** The same is one report however often it is asked for. */
async function aReport({ address }: Site): Promise<string> {
  const headers = { 'content-type': 'application/json', origin: address };
  const answer = await fetch(`${address}/api/reports`, { method: 'POST', headers, body: JSON.stringify({ boards: ['delay'] }) });
  return ((await answer.json()) as { id: string }).id;
}

async function anItem({ address }: Site): Promise<string> {
  const response = await fetch(`${address}/api/metrics/handoffs/items?grain=all&bucket=all&limit=1`);
  const { items } = (await response.json()) as { items: { id: string }[] };
  return items[0]?.id ?? '';
}

/** Made where there is none yet; it fires. */
async function anAlert({ address }: Site): Promise<string> {
  const [known] = (await (await fetch(`${address}/api/alerts`)).json()) as { id: string }[];
  if (known) return known.id;
  const body = { name: 'Late untold', owner: 'Ann', rule: { kind: 'items' }, delivery: { zone: 'Europe/Berlin' } };
  const headers = { 'content-type': 'application/json', origin: address };
  const answer = await fetch(`${address}/api/alerts`, { method: 'POST', headers, body: JSON.stringify(body) });
  return ((await answer.json()) as { id: string }).id;
}

async function aConnection({ address }: Site): Promise<string> {
  const { connections } = (await (await fetch(`${address}/api/state`)).json()) as { connections: { name: string }[] };
  return encodeURIComponent(connections[0]?.name ?? '');
}

/** Made where there is none yet, as a script makes it. */
async function aPersonalBoard({ address }: Site): Promise<string> {
  const [known] = (await (await fetch(`${address}/api/personal-boards`)).json()) as { id: string }[];
  if (known) return known.id;
  const body = {
    title: 'Monday',
    owner: 'Ann',
    charts: [
      { board: 'delay', chart: 'on-time', width: 'full' },
      { board: 'handoff', chart: 'wait-causes' },
      { board: 'delay', chart: 'silence' },
    ],
  };
  const headers = { 'content-type': 'application/json', origin: address };
  const answer = await fetch(`${address}/api/personal-boards`, { method: 'POST', headers, body: JSON.stringify(body) });
  return ((await answer.json()) as { id: string }).id;
}

export function withParameters(path: string, parameters: Record<string, string>): string {
  return `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(parameters).toString()}`;
}

/** What a test goes through every page with: all of it by `npm run test:pages`, in `npm test` so much that each value has its turn. */
export function turns<Turn>(every: readonly Turn[], usual: readonly Turn[]): readonly Turn[] {
  return process.env['THROUGHLINE_PAGES'] === 'every' ? every : usual;
}

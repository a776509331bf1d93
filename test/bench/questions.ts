import { boards } from '#dashboards/boards/index.js';
import { metrics } from '#server/metrics/definitions/index.js';
import type { MetricRequest } from '#server/metrics/request.js';

const from = '2025-11-17';
const to = '2026-11-16';
const zone = 'Europe/Berlin';

/** Metrics that count something by themselves and can be broken down; one question each, each with another choice. */
const counted = metrics.filter(
  ({ compute }) => compute.kind === 'counted' && compute.units({ clock: 'calendar', level: 'team' }).segment === undefined,
);

/** A year by week and team: every metric, and no two with the same choice. */
export function yearQuestions(): MetricRequest[] {
  return counted.map(({ id }, n) => ({
    metric: id,
    from,
    to,
    grain: 'week',
    zone,
    by: 'team',
    filters:
      n % 3 === 0
        ? {}
        : n % 3 === 1
          ? { channel: [['mail', 'chat', 'phone', 'portal', 'shop'][n % 5] ?? ''] }
          : { priority: [`P${1 + (n % 4)}`] },
  }));
}

/** The same metrics of one customer each, over the same year. */
export function customerQuestions(): MetricRequest[] {
  return counted.map(({ id }, n) => ({ metric: id, from, to, grain: 'week', zone, filters: { customer: [`Customer ${n * 37}`] } }));
}

/** As the page asks. */
export function address(
  path: string,
  { from, to, grain, by, filters }: Omit<MetricRequest, 'metric' | 'zone'>,
  further: Record<string, string> = {},
): string {
  const query = new URLSearchParams({ from, to, grain, ...(by ? { by } : {}), ...further });
  for (const [dimension, names] of Object.entries(filters ?? {})) for (const name of names) query.append(dimension, name);
  return `${path}?${query.toString()}`;
}

/** Boards with choices nobody made before: windows, grains, break-downs and filters. */
export function boardAddresses(): string[] {
  const windows = [
    ['2026-05-18', to],
    ['2026-08-17', to],
    [from, to],
    ['2026-10-19', to],
    ['2026-01-05', '2026-07-06'],
  ] as const;
  const ways = [
    { grain: 'week', filters: {} },
    { grain: 'month', by: 'type', filters: { channel: ['mail'] } },
    { grain: 'week', by: 'team', filters: { team: ['Team 3', 'Team 4'] } },
  ] as const;
  return windows.flatMap(([begin, end]) =>
    ways.flatMap((way) =>
      boards.map((board) =>
        address(`/api/boards/${board.id}`, {
          from: begin,
          to: end,
          grain: way.grain,
          by: 'by' in way ? way.by : null,
          filters: copyOf(way.filters),
        }),
      ),
    ),
  );
}

function copyOf(filters: Record<string, readonly string[]>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(filters).map(([name, values]) => [name, [...values]]));
}

/** Boards as they open, in every language and theme: what a warm server has ready. */
export function openingAddresses(): string[] {
  const looks = ['en', 'tr', 'fa', 'hy'].flatMap((lang) => ['light', 'dark'].map((theme) => `lang=${lang}&theme=${theme}`));
  return looks.flatMap((look) => boards.map((board) => `/api/boards/${board.id}?${look}`));
}

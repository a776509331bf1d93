import type { Marker } from './canary-company.js';

/** What somebody of a scope can ask for. Ids of things that are kept, by what they are about. */
export interface Things {
  item: { own: string; foreign: string; foreignKey: string };
  foreignCustomer: string;
  note: Record<Marker | 'foreign-customer', string>;
  target: Record<Marker, string>;
  alert: Record<Marker, string>;
  schedule: Record<Marker, string>;
  run: Record<Marker, string>;
  report: Record<Marker, string>;
  /** Of somebody else. */
  view: string;
  personalBoard: string;
  query: string;
  exportSchedule: string;
  exportRun: string;
  shareLink: string;
  token: string;
  session: string;
  /** What the scope leaves and what it keeps back, of the above; both the same for who sees everything. */
  own: Marker;
  other: readonly Marker[];
}

/**
 * `shown`: answers 2xx to whoever has the right. `hidden`: 403 or 404 to whoever sees a part, and 2xx to others. `refused`: 403 or 404 to
 * whoever sees a part; not asked by others, whom it would succeed for. `personal`: 403, 404 or 409 to everybody. `any`: whatever it says,
 * it says nothing of what is foreign. `rights`: asked only by whoever has none; what it answers to others has tests of its own.
 */
export type Expected = 'shown' | 'hidden' | 'refused' | 'personal' | 'any' | 'rights';

export interface Ask {
  path: string;
  body?: unknown;
  expect: Expected;
}

type Row = (things: Things) => Ask[];

const shown = (...paths: string[]): Ask[] => paths.map((path) => ({ path, expect: 'shown' }));
const window = 'from=2026-06-01&to=2026-11-01&grain=month';
const recipients = [{ name: '', address: 'reader@company.test', zone: 'UTC', locale: 'en' }];
const rhythm = { kind: 'weekly', weekday: 1, at: '08:00' };
const delivery = { zone: 'UTC' };
const threshold = (filters: object) => ({ kind: 'threshold', metric: 'on-time-first', filters, direction: 'below', threshold: 50 });
const exportBody = {
  name: 'Mine',
  owner: 'Me',
  source: { kind: 'view', view: 'item' },
  format: 'csv',
  destination: { kind: 'folder' },
  rhythm,
  zone: 'UTC',
};
const foreignAll = { team: ['Nobody’s team'], group: ['Nobody’s group'] };

function each(things: Things, ids: Record<Marker, string>, path: (id: string) => string, body?: unknown): Ask[] {
  return things.other.map((marker) => ({
    path: path(ids[marker]),
    expect: body === undefined ? 'hidden' : 'refused',
    ...(body !== undefined && { body }),
  }));
}

/** Every route that asks for a right other than `manage`; whoever sees a part manages nothing. */
export const rows: Record<string, Row> = {
  'get /api/state': () => shown('/api/state'),
  'get /api/headlines': () => shown(`/api/headlines?${window}`),
  'get /api/boards/{id}': () => ['consistency', 'delay', 'handoff'].flatMap((id) => shown(`/api/boards/${id}?${window}`)),
  'get /api/boards/{id}/charts': () => shown(`/api/boards/delay/charts?${window}`),
  'get /api/boards/{board}/charts/{file}': () => [
    ...shown(`/api/boards/delay/charts/ageing.svg?${window}`),
    // As files of rows they ask for one right more.
    ...['csv', 'json'].map((format): Ask => ({ path: `/api/boards/delay/charts/ageing.${format}?${window}`, expect: 'any' })),
  ],
  'get /api/filters/{dimension}': () => ['team', 'customer', 'group', 'service'].flatMap((one) => shown(`/api/filters/${one}`)),
  'get /api/metrics': () => shown('/api/metrics'),
  'get /api/metrics/{id}': ({ foreignCustomer }) =>
    shown(
      `/api/metrics/on-time-first?${window}&by=customer`,
      `/api/metrics/lead-time?${window}&type=ticket&customer=${foreignCustomer}`,
      `/api/metrics/handover-matrix?${window}`,
    ),
  'get /api/metrics/{id}/items': () => [
    ...['on-time-first', 'handoffs', 'reply-time', 'satisfaction'].flatMap((id) =>
      shown(`/api/metrics/${id}/items?from=2026-01-01&to=2026-11-16&grain=all&limit=200`),
    ),
    ...shown('/api/metrics/on-time-first/items?from=2026-01-01&to=2026-11-16&grain=all&part=excluded&limit=200'),
  ],
  'get /api/metrics/{id}/items/download': () =>
    ['csv', 'json'].flatMap((format) =>
      shown(`/api/metrics/on-time-first/items/download?from=2026-01-01&to=2026-11-16&grain=all&format=${format}`),
    ),
  'get /api/metrics/{id}/sql': () => shown(`/api/metrics/on-time-first/sql?${window}`),
  'get /api/metrics/{id}/drivers': () => shown('/api/metrics/on-time-first/drivers?from=2026-06-01&to=2026-11-01&by=customer'),
  'get /api/charts/{id}/why': () => shown('/api/charts/on-time/why?from=2026-06-01&to=2026-11-01'),
  'get /api/items/{id}': ({ item }) => [...shown(`/api/items/${item.own}`), { path: `/api/items/${item.foreign}`, expect: 'hidden' }],
  'get /api/today': () => shown('/api/today'),
  'get /api/search': ({ item, foreignCustomer }) =>
    shown(`/api/search?text=${item.foreignKey}`, `/api/search?text=${foreignCustomer}`, '/api/search?text=QZ'),
  'get /api/quality': () => shown('/api/quality'),
  'get /api/quality/items': () =>
    ['no-customer', 'no-team', 'silent-for-a-year'].map((check): Ask => ({
      path: `/api/quality/items?connection=${encodeURIComponent('Sample helpdesk')}&check=${check}&limit=200`,
      expect: 'any',
    })),
  'get /api/watch': () => shown('/api/watch?limit=200', '/api/watch?handled=shown&limit=200'),
  'get /api/watch/download': () => shown('/api/watch/download?format=csv', '/api/watch/download?format=json'),
  'get /api/watch/customers': () => shown('/api/watch/customers?limit=200'),
  'get /api/watch/handled': () => shown('/api/watch/handled?from=2026-01-01&to=2027-01-01'),
  'post /api/watch/{item}/handled': ({ item }) => [
    { path: `/api/watch/${item.foreign}/handled`, body: { note: 'Called', by: 'Somebody' }, expect: 'refused' },
  ],
  'delete /api/watch/{item}/handled': ({ item }) => [{ path: `/api/watch/${item.foreign}/handled`, expect: 'refused' }],
  'get /api/restatements': () => shown('/api/restatements'),
  'get /api/exports': () => shown('/api/exports'),
  'get /api/exports/{view}': () => [
    { path: '/api/exports/item?format=csv', expect: 'any' },
    { path: '/api/exports/customer?format=json', expect: 'any' },
  ],
  'post /api/exports/query': () => [{ path: '/api/exports/query', body: {}, expect: 'any' }],
  'get /api/openapi.json': () => shown('/api/openapi.json'),

  'get /api/notes': () => shown('/api/notes'),
  'get /api/notes/{id}': ({ note }) => [{ path: `/api/notes/${note['foreign-customer']}`, expect: 'hidden' }],
  'post /api/notes': () => [{ path: '/api/notes', body: { from: '2026-09-01', text: 'Note', scope: foreignAll }, expect: 'refused' }],
  'patch /api/notes/{id}': ({ note }) => [{ path: `/api/notes/${note['foreign-customer']}`, body: { text: 'Mine' }, expect: 'refused' }],
  'delete /api/notes/{id}': ({ note }) => [{ path: `/api/notes/${note['foreign-customer']}`, expect: 'refused' }],

  'get /api/targets': () => shown('/api/targets'),
  'post /api/targets': () => [
    { path: '/api/targets', body: { metric: 'on-time-first', value: 80, by: 'Somebody', scope: foreignAll }, expect: 'refused' },
  ],
  'patch /api/targets/{id}': (things) => each(things, things.target, (id) => `/api/targets/${id}`, { value: 70, by: 'Somebody' }),
  'delete /api/targets/{id}': (things) => each(things, things.target, (id) => `/api/targets/${id}`, {}),

  'get /api/alerts': () => shown('/api/alerts'),
  'get /api/alerts/numbers': () => shown('/api/alerts/numbers'),
  'get /api/alerts/{id}/history': (things) => [
    ...shown(`/api/alerts/${things.alert[things.own]}/history`),
    ...each(things, things.alert, (id) => `/api/alerts/${id}/history`),
  ],
  'post /api/alerts': (things) => [
    { path: '/api/alerts', body: { name: 'Mine', owner: 'Me', rule: threshold(foreignAll), delivery }, expect: 'refused' },
    { path: '/api/alerts', body: { name: 'Mine', owner: 'Me', rule: { kind: 'stale', hours: 4 }, delivery }, expect: 'refused' },
    {
      path: '/api/alerts',
      body: { name: 'Mine', owner: 'Me', rule: { kind: 'target', target: things.target['other-team'] }, delivery },
      expect: 'refused',
    },
  ],
  'post /api/alerts/preview': () => [
    { path: '/api/alerts/preview', body: { name: 'Mine', owner: 'Me', rule: threshold({}), delivery }, expect: 'shown' },
    { path: '/api/alerts/preview', body: { name: 'Mine', owner: 'Me', rule: { kind: 'items', filters: {} }, delivery }, expect: 'shown' },
    { path: '/api/alerts/preview', body: { name: 'Mine', owner: 'Me', rule: threshold(foreignAll), delivery }, expect: 'refused' },
  ],
  'patch /api/alerts/{id}': (things) => each(things, things.alert, (id) => `/api/alerts/${id}`, { name: 'Mine' }),
  'delete /api/alerts/{id}': (things) => each(things, things.alert, (id) => `/api/alerts/${id}`, {}),
  'post /api/alerts/{id}/test': (things) => each(things, things.alert, (id) => `/api/alerts/${id}/test`, {}),
  'post /api/alerts/{id}/mute': (things) =>
    each(things, things.alert, (id) => `/api/alerts/${id}/mute`, { by: 'Me', why: 'Quiet', until: '2030-01-01T00:00:00Z' }),
  'post /api/alerts/{id}/unmute': (things) => each(things, things.alert, (id) => `/api/alerts/${id}/unmute`, { by: 'Me' }),
  'post /api/alerts/{id}/remarks': (things) => each(things, things.alert, (id) => `/api/alerts/${id}/remarks`, { by: 'Me', text: 'Seen' }),

  'get /api/schedules': () => shown('/api/schedules'),
  'get /api/schedules/{id}': (things) => [
    ...shown(`/api/schedules/${things.schedule[things.own]}`),
    ...each(things, things.schedule, (id) => `/api/schedules/${id}`),
  ],
  'get /api/schedules/{id}/runs': (things) => each(things, things.schedule, (id) => `/api/schedules/${id}/runs`),
  'post /api/schedules/due': () => [{ path: '/api/schedules/due', body: { rhythm, zone: 'UTC' }, expect: 'any' }],
  'post /api/schedules': () => [
    { path: '/api/schedules', body: { name: 'Mine', owner: 'Me', rhythm, spec: { filters: foreignAll }, recipients }, expect: 'refused' },
  ],
  'patch /api/schedules/{id}': (things) =>
    each(things, things.schedule, (id) => `/api/schedules/${id}`, { name: 'Mine', owner: 'Me', rhythm, spec: {}, recipients }),
  'delete /api/schedules/{id}': (things) => each(things, things.schedule, (id) => `/api/schedules/${id}`, {}),
  'patch /api/schedules/{id}/pause': (things) => each(things, things.schedule, (id) => `/api/schedules/${id}/pause`, { isPaused: true }),
  'post /api/schedules/{id}/test': (things) =>
    each(things, things.schedule, (id) => `/api/schedules/${id}/test`, { address: 'reader@company.test' }),
  'post /api/schedules/{id}/run': (things) => each(things, things.schedule, (id) => `/api/schedules/${id}/run`, {}),
  'post /api/schedules/runs/{run}/retry': (things) => each(things, things.run, (id) => `/api/schedules/runs/${id}/retry`, {}),

  'get /api/reports': () => shown('/api/reports'),
  'get /api/reports/{id}': (things) => [
    ...shown(`/api/reports/${things.report[things.own]}`),
    ...each(things, things.report, (id) => `/api/reports/${id}`),
  ],
  'get /api/reports/{id}/pdf': (things) => each(things, things.report, (id) => `/api/reports/${id}/pdf`),
  'post /api/reports': () => [{ path: '/api/reports', body: { filters: foreignAll }, expect: 'refused' }],

  'get /api/beliefs/question': () => shown('/api/beliefs/question?board=delay&person=Me'),
  'post /api/beliefs/skip': () => [
    { path: '/api/beliefs/skip', body: { person: 'Me', board: 'delay', from: '2026-07-01', to: '2026-10-01' }, expect: 'any' },
  ],
  'post /api/beliefs': () => [
    { path: '/api/beliefs', body: { metric: 'on-time-first', answer: 80, person: 'Me', filters: foreignAll }, expect: 'refused' },
  ],

  'get /api/views': () => shown('/api/views'),
  'post /api/views': () => [{ path: '/api/views', body: { name: '', owner: 'Me', path: '/', query: '' }, expect: 'any' }],
  'patch /api/views/{id}': ({ view }) => [{ path: `/api/views/${view}`, body: { name: 'Mine' }, expect: 'personal' }],
  'delete /api/views/{id}': ({ view }) => [{ path: `/api/views/${view}`, expect: 'personal' }],

  'get /api/personal-boards': () => shown('/api/personal-boards'),
  'get /api/personal-boards/{id}': ({ personalBoard }) => shown(`/api/personal-boards/${personalBoard}`),
  'get /api/personal-boards/{id}/charts': ({ personalBoard }) => shown(`/api/personal-boards/${personalBoard}/charts?${window}`),
  'post /api/personal-boards': () => [{ path: '/api/personal-boards', body: { title: '', owner: 'Me' }, expect: 'any' }],
  'patch /api/personal-boards/{id}': ({ personalBoard }) => [
    { path: `/api/personal-boards/${personalBoard}`, body: { by: 'Stranger', title: 'Mine' }, expect: 'personal' },
  ],
  'post /api/personal-boards/{id}/charts': ({ personalBoard }) => [
    {
      path: `/api/personal-boards/${personalBoard}/charts`,
      body: { by: 'Stranger', board: 'delay', chart: 'on-time' },
      expect: 'personal',
    },
  ],
  'post /api/personal-boards/{id}/copy': ({ personalBoard }) => [
    { path: `/api/personal-boards/${personalBoard}/copy`, body: { owner: 'Me', title: '' }, expect: 'any' },
  ],
  'delete /api/personal-boards/{id}': ({ personalBoard }) => [
    { path: `/api/personal-boards/${personalBoard}`, body: { by: 'Stranger' }, expect: 'personal' },
  ],
  'post /api/personal-boards/{id}/restore': ({ personalBoard }) => [
    { path: `/api/personal-boards/${personalBoard}/restore`, body: { by: 'Stranger' }, expect: 'personal' },
  ],

  'get /api/channels': () => shown('/api/channels'),

  'get /api/export-schedules': () => shown('/api/export-schedules'),
  'post /api/export-schedules': () => [{ path: '/api/export-schedules', body: {}, expect: 'any' }],
  'get /api/export-schedules/{id}': ({ exportSchedule }) => [{ path: `/api/export-schedules/${exportSchedule}`, expect: 'personal' }],
  'patch /api/export-schedules/{id}': ({ exportSchedule }) => [
    { path: `/api/export-schedules/${exportSchedule}`, body: exportBody, expect: 'personal' },
  ],
  'delete /api/export-schedules/{id}': ({ exportSchedule }) => [{ path: `/api/export-schedules/${exportSchedule}`, expect: 'personal' }],
  'patch /api/export-schedules/{id}/pause': ({ exportSchedule }) => [
    { path: `/api/export-schedules/${exportSchedule}/pause`, body: { isPaused: true }, expect: 'personal' },
  ],
  'post /api/export-schedules/{id}/run': ({ exportSchedule }) => [
    { path: `/api/export-schedules/${exportSchedule}/run`, expect: 'personal' },
  ],
  'get /api/export-schedules/{id}/runs': ({ exportSchedule }) => [
    { path: `/api/export-schedules/${exportSchedule}/runs`, expect: 'personal' },
  ],
  'post /api/export-schedules/runs/{run}/retry': ({ exportRun }) => [
    { path: `/api/export-schedules/runs/${exportRun}/retry`, expect: 'personal' },
  ],
  'get /api/export-schedules/runs/{run}/file': ({ exportRun }) => [
    { path: `/api/export-schedules/runs/${exportRun}/file`, expect: 'personal' },
  ],

  // What its logins may read is tried beside the workbench.
  'get /api/workbench/state': () => [{ path: '/api/workbench/state', expect: 'rights' }],
  'get /api/workbench/schema': () => [{ path: '/api/workbench/schema', expect: 'rights' }],
  'post /api/workbench/runs': () => [{ path: '/api/workbench/runs', body: {}, expect: 'any' }],
  'delete /api/workbench/runs/{run}': () => [{ path: '/api/workbench/runs/1', expect: 'any' }],
  'post /api/workbench/explain': () => [{ path: '/api/workbench/explain', body: {}, expect: 'any' }],
  'get /api/workbench/history': () => shown('/api/workbench/history'),
  'get /api/workbench/queries': () => shown('/api/workbench/queries'),
  'get /api/workbench/queries/{id}': ({ query }) => [{ path: `/api/workbench/queries/${query}`, expect: 'personal' }],
  'post /api/workbench/queries': () => [{ path: '/api/workbench/queries', body: {}, expect: 'any' }],
  'patch /api/workbench/queries/{id}': ({ query }) => [
    { path: `/api/workbench/queries/${query}`, body: { title: 'Mine' }, expect: 'personal' },
  ],
  'delete /api/workbench/queries/{id}': ({ query }) => [{ path: `/api/workbench/queries/${query}`, expect: 'personal' }],

  'get /api/share-links': () => shown('/api/share-links'),
  'post /api/share-links': (things) =>
    things.other.map((marker) => ({
      path: '/api/share-links',
      body: { title: 'Mine', address: `/reports/${things.report[marker]}` },
      expect: 'refused',
    })),
  'delete /api/share-links/{id}': ({ shareLink }) => [{ path: `/api/share-links/${shareLink}`, expect: 'personal' }],

  'get /api/account': () => shown('/api/account'),
  'patch /api/account': () => [{ path: '/api/account', body: { name: '' }, expect: 'any' }],
  'post /api/account/password': () => [{ path: '/api/account/password', body: { current: 'x', password: 'x' }, expect: 'any' }],
  'delete /api/account/sessions/{id}': ({ session }) => [{ path: `/api/account/sessions/${session}`, expect: 'personal' }],
  'get /api/account/provider': () => [{ path: '/api/account/provider', expect: 'any' }],
  'post /api/account/provider': () => [{ path: '/api/account/provider', body: { password: 'x' }, expect: 'any' }],
  'delete /api/account/provider': () => [{ path: '/api/account/provider', expect: 'any' }],
  'get /api/account/tokens': () => shown('/api/account/tokens'),
  'post /api/account/tokens': () => [{ path: '/api/account/tokens', body: { name: '', permissions: [] }, expect: 'any' }],
  'delete /api/account/tokens/{id}': ({ token }) => [{ path: `/api/account/tokens/${token}`, expect: 'personal' }],
  'get /api/account/second-factor': () => shown('/api/account/second-factor'),
  'post /api/account/second-factor': () => [{ path: '/api/account/second-factor', body: {}, expect: 'any' }],
  'post /api/account/second-factor/confirm': () => [{ path: '/api/account/second-factor/confirm', body: { code: '' }, expect: 'any' }],
  'post /api/account/second-factor/codes': () => [{ path: '/api/account/second-factor/codes', body: { code: '' }, expect: 'any' }],
  'delete /api/account/second-factor': () => [{ path: '/api/account/second-factor', body: { code: '' }, expect: 'any' }],
};

/** Ends the sessions of whoever asks, so it is asked by nobody here. */
export const unasked = ['delete /api/account/sessions'];

/** Open to everybody, who proves himself by something else than a session. */
export const openRoutes = [
  'get /',
  'get /livez',
  'get /readyz',
  'get /api/sign-in',
  'post /api/sign-in',
  'post /api/share-links/open',
  'post /api/sign-out',
  'post /api/sign-in/second-factor',
  'get /api/sign-in/provider',
  'get /api/sign-in/provider/callback',
  'post /api/welcome',
  'post /api/welcome/look',
  'get /unsubscribe/{token}',
  'post /unsubscribe/{token}',
];

import { full } from '../../capability.js';
import type {
  CalendarRow,
  Capabilities,
  CheckResult,
  Connector,
  ConnectionSettings,
  Context,
  Cursor,
  Page,
  RawRecord,
} from '../../connector.js';
import { calendarsOf, settingsOf } from '../../files/connection-settings.js';
import { clockFinding } from '../../http/clock.js';
import { checked } from '../checked.js';
import { zoneNamed } from './schedules.js';
import { ZendeskClient, zendeskSecret, type ExportPage } from './client.js';
import { mapZendesk } from './map.js';
import { statuses, zendeskConfigSchema, type ZendeskConfig } from './payload.js';
import { readExport, readGroups, recordOf, updateRecords } from './read.js';

/** Zendesk Support. Tickets come from the cursor export, their history from the export of updates, with comments. */
export const zendeskConnector: Connector<ZendeskConfig> = {
  id: 'zendesk',
  mapVersion: 1,
  configSchema: zendeskConfigSchema,
  secretNames: [zendeskSecret],
  address: ({ url }) => new URL(url).origin,
  check,
  async discover(config, context) {
    const client = new ZendeskClient(config, context);
    const [{ timeZone }, calendars] = [await client.me(), await client.calendars()];
    return {
      streams: [
        { name: 'groups', order: 'unsorted', grain: 'id' },
        { name: 'organizations', order: 'asc', grain: 's' },
        { name: 'users', order: 'asc', grain: 's' },
        { name: 'tickets', order: 'asc', grain: 's' },
        { name: 'updates', order: 'asc', grain: 's' },
      ],
      capabilities: capabilitiesOf(config),
      settings: settingsFor(config, timeZone, calendars),
      calendars: [...calendarsOf(config, config.zone), ...calendars],
    };
  },
  read: (config, stream, from, context) => read(config, stream, from, context),
  map: mapZendesk,
  dependsOn: ({ url, customer, dueField, linkedTools, zone, endOfDay }) => ({
    identity: { url: url.replace(/\/+$/, '') },
    mapping: { url, customer, dueField: dueField ?? null, linkedTools, zone, endOfDay },
  }),
};

function check(config: ZendeskConfig, context: Context): Promise<CheckResult> {
  return checked(async () => {
    const client = new ZendeskClient(config, context);
    const { name, role, timeZone, at, headers } = await client.me();
    if (role !== 'admin') {
      const who = `The token is of ${name || 'nobody'} (${role})`;
      return { ok: false, findings: [`${who}; the exports need an administrator's. Make one in Admin Center.`] };
    }
    const limit = headers.get('ratelimit-limit') ?? headers.get('x-rate-limit') ?? headers.get('rate-limit');
    return {
      ok: true,
      findings: [
        `Signed in as ${name}, administrator.`,
        `${await client.ticketCount()} tickets (archived ones not counted).`,
        ...(timeZone === null ? [] : [`The account's zone is ${zoneNamed(timeZone)}.`]),
        ...clockFinding('Zendesk', at, context.now()),
        ...(limit === null ? [] : [`Zendesk allows ${limit} requests a minute; half of them are used.`]),
      ],
    };
  });
}

function settingsFor(config: ZendeskConfig, zone: string | null, calendars: readonly CalendarRow[]): Partial<ConnectionSettings> {
  const settings = settingsOf(config, zone === null ? config.zone : zoneNamed(zone));
  return {
    ...settings,
    defaultCalendar: settings.defaultCalendar ?? calendars[0]?.id ?? null,
    statuses: { ...statuses, ...config.statuses },
  };
}

async function* read(config: ZendeskConfig, stream: string, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const client = new ZendeskClient(config, context);
  const clock = async () => (await client.me()).at;
  const plain = async ({ rows }: ExportPage) => rows.map(recordOf);
  const timeOf = (row: ExportPage['rows'][number]) => Number(row['timestamp'] ?? row['generated_timestamp'] ?? 0);
  if (stream === 'groups') yield* readGroups(client);
  else if (stream === 'updates') {
    const fetch = (at: string | number) => client.timeExport('ticket_events', Number(at));
    yield* readExport({ fetch, records: (page) => updateRecords(client, page), timeOf, isByTime: true }, from, clock);
  } else if (stream === 'organizations') {
    const fetch = (at: string | number) => client.timeExport('organizations', Number(at));
    yield* readExport({ fetch, records: plain, timeOf, isByTime: true, isPlain: true }, from, clock);
  } else if (stream === 'users') {
    const fetch = (at: string | number) => client.cursorExport('users', at);
    yield* readExport({ fetch, records: plain, timeOf, isByTime: false, isPlain: true }, from, clock);
  } else {
    const forms = await client.forms();
    const records = async ({ rows }: ExportPage): Promise<RawRecord[]> =>
      rows.map((row) => {
        const record = recordOf(row);
        const form = forms.get(Number(row['ticket_form_id']));
        return { ...record, payload: { ticket: record.payload, ...(form === undefined ? {} : { form }) } };
      });
    const fetch = (at: string | number) => client.cursorExport('tickets', at);
    yield* readExport({ fetch, records, timeOf, isByTime: false }, from, clock);
  }
}

function capabilitiesOf(config: ZendeskConfig): Capabilities {
  const due =
    config.dueField === undefined
      ? { fidelity: 'full' as const, reason: 'Only tickets of type task have a due date; name a date field as dueField for others.' }
      : full;
  return {
    status: full,
    courts: full,
    finish: full,
    reopen: full,
    team: full,
    person: full,
    due,
    'first-due': due,
    'due-history': due,
    messages: full,
    visibility: full,
    customer: full,
    rating: full,
    links: full,
  };
}

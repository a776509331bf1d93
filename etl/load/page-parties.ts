import type { ClientBase } from 'pg';
import type { CustomerRow, PersonRow, StatusMeaning, TeamRow } from '../connector.js';
import type { Erasures } from '../erasure/erasures.js';
import { entityId, nobodyId } from '../model/ids.js';
import { storableInstant, storableText } from './storable.js';

type Kind = 'person' | 'team' | 'customer' | 'status';

interface Named {
  externalId: string;
  name: string;
  at: string;
}

/** Ids already written in this run: met again they cost nothing. */
export class KnownParties {
  private static readonly limit = 500_000;
  private readonly ids = new Set<string>();

  has(id: string): boolean {
    return this.ids.has(id);
  }

  add(ids: Iterable<string>): void {
    for (const id of ids) {
      if (this.ids.size >= KnownParties.limit) this.ids.clear();
      this.ids.add(id);
    }
  }
}

/** People, teams, customers and statuses named by one page. An id never described gets the id as its name. */
export class PageParties {
  private readonly met: Record<Kind, Map<string, { id: string; externalId: string }>> = {
    person: new Map(),
    team: new Map(),
    customer: new Map(),
    status: new Map(),
  };
  private readonly people = new Map<string, Named & { isBot: boolean }>();
  private readonly teams = new Map<string, Named & { calendarId: string | null }>();
  private readonly customers = new Map<string, Named & Omit<CustomerRow, 'name' | 'externalId'>>();

  constructor(
    private readonly connection: string,
    private readonly statuses: Record<string, StatusMeaning>,
    private readonly known: KnownParties,
    private readonly erasures?: Erasures,
  ) {}

  person(externalId: string | null): string {
    return externalId === null ? nobodyId : this.meet('person', externalId);
  }

  team(externalId: string | null): string {
    return externalId === null ? nobodyId : this.meet('team', externalId);
  }

  customer(externalId: string): string {
    return this.meet('customer', externalId);
  }

  status(name: string): string {
    return this.meet('status', name);
  }

  describePerson(row: PersonRow, at: string): void {
    hold(this.people, this.meet('person', row.externalId), { ...named(row, at), isBot: row.isBot ?? false });
  }

  describeTeam(row: TeamRow, at: string): void {
    const calendarId = row.calendar === undefined ? null : entityId(this.connection, 'calendar', row.calendar);
    hold(this.teams, this.meet('team', row.externalId), { ...named(row, at), calendarId });
  }

  describeCustomer(row: CustomerRow, at: string): void {
    if (row.since !== undefined) storableInstant(row.since, 'customer since');
    hold(this.customers, this.meet('customer', row.externalId), { ...row, ...named(row, at) });
  }

  /** Writes what is new. Of two descriptions the later holds, of two at one moment the one with the greater name. */
  async write(client: ClientBase): Promise<void> {
    await this.writeIds(client, 'person', insertPeople);
    await this.writeIds(client, 'team', insertTeams);
    await this.writeIds(client, 'customer', insertCustomers);
    const statuses = this.unwritten('status');
    if (statuses.length > 0) {
      const names = statuses.map((status) => status.externalId);
      const meanings = names.map((name) => (Object.hasOwn(this.statuses, name) ? this.statuses[name] : 'unmapped'));
      await client.query(insertStatuses, [this.connection, statuses.map((status) => status.id), names, meanings]);
    }
    await this.describe(client, describePeople, this.people, (row) => ({ is_bot: row.isBot }));
    await this.describe(client, describeTeams, this.teams, (row) => ({ calendar_id: row.calendarId }));
    await this.describe(client, describeCustomers, this.customers, (row) => ({
      group_name: row.group,
      language: row.language,
      time_zone: row.timeZone,
      calendar_id: row.calendar === undefined ? null : entityId(this.connection, 'calendar', row.calendar),
      since_at: row.since,
    }));
  }

  /** Call once the page is committed. */
  committed(): void {
    for (const met of Object.values(this.met)) this.known.add([...met.values()].map((party) => party.id));
  }

  private meet(kind: Kind, externalId: string): string {
    const known = this.met[kind].get(externalId);
    if (known) return known.id;
    const id = this.erasures?.idOf(this.connection, kind, externalId) ?? entityId(this.connection, kind, storableText(externalId, kind));
    this.met[kind].set(externalId, { id, externalId });
    return id;
  }

  private unwritten(kind: Kind): { id: string; externalId: string }[] {
    return [...this.met[kind].values()].filter((party) => !this.known.has(party.id)).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private async writeIds(client: ClientBase, kind: Kind, insert: string): Promise<void> {
    const parties = this.unwritten(kind);
    if (parties.length === 0) return;
    await client.query(insert, [this.connection, parties.map((party) => party.id), parties.map((party) => party.externalId)]);
  }

  private async describe<T extends Named>(
    client: ClientBase,
    update: string,
    rows: Map<string, T>,
    more: (row: T) => object,
  ): Promise<void> {
    if (rows.size === 0) return;
    const described = [...rows].map(([id, row]) => ({ id, name: row.name, described_at: row.at, ...more(row) }));
    await client.query(update, [JSON.stringify(described)]);
  }
}

function named(row: { externalId: string; name: string }, at: string): Named {
  return { externalId: row.externalId, name: storableText(row.name, 'name') || row.externalId, at };
}

function hold<T extends Named>(rows: Map<string, T>, id: string, row: T): void {
  const current = rows.get(id);
  if (
    !current ||
    Date.parse(row.at) > Date.parse(current.at) ||
    (Date.parse(row.at) === Date.parse(current.at) && row.name > current.name)
  ) {
    rows.set(id, row);
  }
}

const insertPeople = `
insert into core.person (id, connection_id, external_id, name)
select id, $1, external_id, external_id
from unnest($2::uuid[], $3::text[]) as met (id, external_id)
on conflict (id) do nothing`;

const insertTeams = insertPeople.replace('core.person', 'core.team');
const insertCustomers = insertPeople.replace('core.person', 'core.customer');

const insertStatuses = `
insert into core.status (id, connection_id, name, meaning)
select id, $1, name, meaning
from unnest($2::uuid[], $3::text[], $4::text[]) as met (id, name, meaning)
on conflict (id) do nothing`;

const describePeople = `
update core.person party
set name = said.name, is_bot = said.is_bot, described_at = said.described_at
from jsonb_to_recordset($1::jsonb) as said (id uuid, name text, described_at timestamptz, is_bot boolean)
where party.id = said.id
  and (party.described_at is null or (said.described_at, said.name) > (party.described_at, party.name))`;

const describeTeams = `
update core.team party
set name = said.name, calendar_id = said.calendar_id, described_at = said.described_at
from jsonb_to_recordset($1::jsonb) as said (id uuid, name text, described_at timestamptz, calendar_id uuid)
where party.id = said.id
  and (party.described_at is null or (said.described_at, said.name) > (party.described_at, party.name))`;

const describeCustomers = `
update core.customer party
set name = said.name, group_name = said.group_name, language = said.language, time_zone = said.time_zone,
  calendar_id = said.calendar_id, since_at = said.since_at, described_at = said.described_at
from jsonb_to_recordset($1::jsonb) as said (
  id uuid, name text, described_at timestamptz, group_name text, language text, time_zone text, calendar_id uuid, since_at timestamptz
)
where party.id = said.id
  and (party.described_at is null or (said.described_at, said.name) > (party.described_at, party.name))`;

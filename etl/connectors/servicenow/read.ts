import type { Context, Cursor, Json, Page, RawRecord } from '../../connector.js';
import { keysetPages } from '../../incremental/keyset.js';
import { readRecentFirst } from '../../incremental/recent-first.js';
import type { WindowRules } from '../../incremental/window.js';
import { pageSize, ServiceNowClient, type Row } from './client.js';
import { followed, instantOf, type Person, type ServiceNowConfig } from './payload.js';

/** The time of change is written when a transaction begins and shown when it ends. */
const rules: WindowRules = { grain: 's', overlapMs: 300_000, lagMs: 0, sweep: { everyMs: 86_400_000, depthMs: 86_400_000 } };

export function readTasks(config: ServiceNowConfig, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const client = new ServiceNowClient(config, context);
  const reader = new TaskReader(config, client);
  const source = {
    pageSize,
    fetch: (bound: string | null, offset: number) => client.changed(config.table, bound, offset),
    idOf,
    atOf: (row: Row) => instantOf(stored(row, 'sys_updated_on')),
  };
  return readRecentFirst<Row>(
    {
      rules,
      atOf: source.atOf,
      clock: async () => (await client.page(config.table, '', { limit: 1, fields: 'sys_id' })).at,
      changed: (bound, position) => keysetPages(source, bound, position),
      recordsOf: async (rows) => {
        const { records, warnings } = await reader.recordsOf(rows);
        return { records: records.map((record, index) => ({ at: source.atOf(rows[index] ?? {}), record })), warnings };
      },
    },
    from,
  );
}

/** Brings tasks together with their audits, journals and names, many tasks at once. */
class TaskReader {
  private readonly people = new Map<string, Person | null>();
  private readonly names = new Map<string, string | null>();
  private states: Promise<Record<string, string>> | null = null;

  constructor(
    private readonly config: ServiceNowConfig,
    private readonly client: ServiceNowClient,
  ) {}

  async recordsOf(tasks: readonly Row[]): Promise<{ records: RawRecord[]; warnings: string[] }> {
    const { table, stateField } = this.config;
    if (tasks.length === 0) return { records: [], warnings: [] };
    const ids = tasks.map(idOf);
    const audits = await this.client.among('sys_audit', 'documentkey', ids, auditFields, auditsOf(this.config));
    const journals = await this.client.among('sys_journal_field', 'element_id', ids, journalFields, `^nameINtask,${table}`);
    const told = [...(audits?.rows ?? []), ...(journals?.rows ?? [])];
    await this.learnPeople([
      ...texts(tasks.map((task) => stored(task, 'sys_created_by'))),
      ...texts(told.flatMap((row) => [row['user'], row['sys_created_by']])),
    ]);
    const references = (audits?.rows ?? []).filter(({ fieldname }) => fieldname === 'assignment_group' || fieldname === 'assigned_to');
    await this.learnNames(texts(references.flatMap(({ oldvalue, newvalue }) => [oldvalue, newvalue])));
    this.states ??= statesOf(this.client, table, stateField);
    const states = await this.states;
    const records = tasks.map((task): RawRecord => {
      const id = idOf(task);
      const own = (audits?.rows ?? []).filter(({ documentkey }) => documentkey === id);
      const said = (journals?.rows ?? []).filter(({ element_id }) => element_id === id);
      const logins = [stored(task, 'sys_created_by'), ...texts([...own, ...said].flatMap((row) => [row['user'], row['sys_created_by']]))];
      const used = texts(own.flatMap(({ oldvalue, newvalue }) => [oldvalue, newvalue]));
      const payload = {
        task,
        audits: audits === null ? null : own,
        journals: said,
        states: Object.fromEntries(
          [...used, stored(task, stateField)].sort().flatMap((value) => (states[value] ? [[value, states[value]]] : [])),
        ),
        people: known(this.people, logins),
        names: known(this.names, used),
      };
      return { externalId: id, payload: payload as unknown as Json, op: 'upsert', position: `${table} ${stored(task, 'number') || id}` };
    });
    const warnings = [
      ...(audits === null ? ['history_forbidden'] : []),
      ...(journals === null ? ['messages_forbidden'] : []),
      ...((audits?.hidden ?? 0) + (journals?.hidden ?? 0) > 0 ? ['hidden_history'] : []),
    ];
    return { records, warnings };
  }

  private async learnPeople(logins: readonly string[]): Promise<void> {
    const asked = unknown(this.people, logins);
    if (asked.length === 0) return;
    const users = await this.client.among('sys_user', 'user_name', asked, 'sys_id,user_name,name');
    const roles = this.config.staffRoles.join(',');
    const staff = await this.client.among('sys_user_has_role', 'user.user_name', asked, 'sys_id,user.user_name', `^role.nameIN${roles}`);
    // A table that is hidden whole says of nobody that they have no role.
    const isTold = staff !== null && (staff.rows.length > 0 || ((await this.client.count('sys_user_has_role', '')) ?? 0) > 0);
    for (const login of asked) {
      const user = users?.rows.find(({ user_name }) => user_name === login);
      const isStaff = isTold ? staff.rows.some((row) => row['user.user_name'] === login) : null;
      this.people.set(login, user ? { id: String(user['sys_id']), name: String(user['name']), isStaff } : null);
    }
  }

  private async learnNames(ids: readonly string[]): Promise<void> {
    const asked = unknown(this.names, ids);
    for (const id of asked) this.names.set(id, null);
    for (const table of ['sys_user', 'sys_user_group']) {
      const found = await this.client.among(table, 'sys_id', asked, 'sys_id,name');
      for (const { sys_id, name } of found?.rows ?? []) this.names.set(String(sys_id), String(name));
    }
  }
}

const auditFields = 'sys_id,documentkey,fieldname,oldvalue,newvalue,user,sys_created_on,record_checkpoint';
const journalFields = 'sys_id,element_id,element,value,sys_created_on,sys_created_by';

/** Which audits tell the history of a connection. */
export function auditsOf(config: ServiceNowConfig): string {
  return `^tablename=${config.table}^fieldnameIN${[...followed(config).keys()].join(',')}`;
}

/** Labels of the states of a table by their values; those it has itself before those it takes over from task. */
export async function statesOf(client: ServiceNowClient, table: string, field: string): Promise<Record<string, string>> {
  const more = `^element=${field}^language=en^inactive=false`;
  const found = await client.among('sys_choice', 'name', ['task', table], 'sys_id,name,value,label', more);
  const rows = [...(found?.rows ?? [])].sort((a, b) => Number(a['name'] === table) - Number(b['name'] === table));
  return Object.fromEntries(rows.map(({ value, label }) => [String(value), String(label)]));
}

function idOf(row: Row): string {
  return stored(row, 'sys_id');
}

function stored(row: Row, field: string): string {
  const told = row[field];
  return told !== null && typeof told === 'object' && 'value' in told ? String(told.value ?? '') : '';
}

/** The texts among values of rows; empty ones name nobody. */
function texts(values: readonly unknown[]): string[] {
  return values.filter((value): value is string => typeof value === 'string' && value !== '');
}

function unknown(known: ReadonlyMap<string, unknown>, wanted: readonly string[]): string[] {
  return [...new Set(wanted)].filter((key) => !known.has(key)).sort();
}

function known<T>(all: ReadonlyMap<string, T | null>, wanted: readonly string[]): Record<string, T> {
  const keys = [...new Set(wanted)].sort();
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = all.get(key);
      return value ? [[key, value] as const] : [];
    }),
  );
}

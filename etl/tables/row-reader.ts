import { RejectedRecord, type CustomerRow, type PersonRow, type TeamRow } from '../connector.js';
import { timeReader, type ReadTime } from '../files/time-format.js';
import { placeholders } from './columns.js';
import type { TableConfig, CustomerSource, DueSource, OwnerSource, Source, TimeSource } from './mapping.js';

interface Compiled {
  missing: Set<string>;
  times: Map<TimeSource | DueSource, { read: (value: string) => ReadTime | null; expected: string }>;
}

const compiledMappings = new WeakMap<TableConfig, Compiled>();

const indexes = new WeakMap<readonly string[], Map<string, number>>();

export function readerOf(config: TableConfig, columns: readonly string[], cells: readonly string[]): RowReader {
  let compiled = compiledMappings.get(config);
  if (!compiled) {
    compiled = { missing: new Set(['', ...config.mapping.missing]), times: new Map() };
    compiledMappings.set(config, compiled);
  }
  let index = indexes.get(columns);
  if (!index) {
    index = new Map(columns.map((column, at) => [column, at]));
    indexes.set(columns, index);
  }
  return new RowReader(config, compiled, index, cells);
}

/** One row read by the rules of a mapping: what says nothing is undefined. Collects the parties and warnings it meets. */
export class RowReader {
  private readonly people: PersonRow[] = [];
  private readonly teams: TeamRow[] = [];
  private readonly customers: CustomerRow[] = [];
  private readonly warnings: string[] = [];

  constructor(
    private readonly config: TableConfig,
    private readonly compiled: Compiled,
    private readonly index: ReadonlyMap<string, number>,
    private readonly cells: readonly string[],
  ) {}

  cell(source: Source | OwnerSource | CustomerSource): string | undefined {
    if (source.column === undefined) return source.value;
    const value = this.raw(source.column, source.missing);
    return value !== undefined && source.values && Object.hasOwn(source.values, value) ? source.values[value] : value;
  }

  needed(column: string, key: string): string {
    const value = this.raw(column);
    if (value === undefined) throw new RejectedRecord('no_item_id', `Column "${column}" (${key}) says nothing; every row needs it.`);
    return value;
  }

  time(source: TimeSource, key: string): string | undefined {
    return this.instant(source, key, '00:00');
  }

  /** A date without a time of day ends with the day's business. */
  due(source: DueSource, key: string): string | undefined {
    return this.instant(source, key, this.config.mapping.times.endOfDay);
  }

  /** Null: the row says that nobody has it. */
  owner(source: OwnerSource, kind: 'team' | 'person'): string | null | undefined {
    if (source.nobody && source.column !== undefined && source.nobody.includes(this.text(source.column))) return null;
    const externalId = this.cell(source);
    const name = externalId === undefined || source.name === undefined ? undefined : this.raw(source.name);
    if (externalId !== undefined && name !== undefined) (kind === 'team' ? this.teams : this.people).push({ externalId, name });
    return externalId;
  }

  customer(source: CustomerSource): string | undefined {
    const externalId = this.cell(source);
    if (externalId === undefined) return undefined;
    const name = source.name && this.raw(source.name);
    const group = source.group && this.raw(source.group);
    const language = source.language && this.raw(source.language);
    if (name !== undefined || group !== undefined || language !== undefined) {
      this.customers.push({ externalId, name: name ?? externalId, ...(group ? { group } : {}), ...(language ? { language } : {}) });
    }
    return externalId;
  }

  order(column: string): number {
    const value = this.raw(column) ?? '';
    if (!/^\d{1,15}$/.test(value))
      throw new RejectedRecord('bad_order', `Column "${column}" (event.order) is "${value}"; a whole number is expected.`);
    return Number(value);
  }

  filled(template: string): string {
    return placeholders(template).reduce((url, column) => url.replaceAll(`{${column}}`, encodeURIComponent(this.text(column))), template);
  }

  parties(): { people?: PersonRow[]; teams?: TeamRow[]; customers?: CustomerRow[]; warnings?: string[] } {
    return {
      ...(this.people.length > 0 ? { people: this.people } : {}),
      ...(this.teams.length > 0 ? { teams: this.teams } : {}),
      ...(this.customers.length > 0 ? { customers: this.customers } : {}),
      ...(this.warnings.length > 0 ? { warnings: this.warnings } : {}),
    };
  }

  private text(column: string): string {
    return this.cells[this.index.get(column) ?? -1]?.trim() ?? '';
  }

  private raw(column: string, missing?: readonly string[]): string | undefined {
    const value = this.text(column);
    if (this.compiled.missing.has(value) || missing?.includes(value)) return undefined;
    return this.config.mapping.noise[column]?.includes(value) ? undefined : value;
  }

  private instant(source: TimeSource | DueSource, key: string, dateOnlyAt: string): string | undefined {
    const value = this.raw(source.column, source.missing);
    if (value === undefined) return undefined;
    const { read, expected } = this.reader(source, dateOnlyAt);
    const found = read(value);
    if (!found)
      throw new RejectedRecord('bad_time', `Column "${source.column}" (${key}) is "${value.slice(0, 80)}"; expected ${expected}.`);
    if (found.warning) this.warnings.push(found.warning);
    return found.at;
  }

  private reader(source: TimeSource | DueSource, dateOnlyAt: string): { read: (value: string) => ReadTime | null; expected: string } {
    const known = this.compiled.times.get(source);
    if (known) return known;
    const { times } = this.config.mapping;
    const rule = { format: source.format ?? times.format, zone: source.zone ?? times.zone, dateOnlyAt };
    const expected = rule.format === 'iso' ? 'an ISO time such as 2026-03-29T14:30:00+02:00' : rule.format;
    const reader = { read: timeReader(rule), expected };
    this.compiled.times.set(source, reader);
    return reader;
  }
}

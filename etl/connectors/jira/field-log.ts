import { initialValue, isUnbroken, type ValueChange } from '../value-history.js';
import { customValue, userId, valueOf, type Change, type History, type IssueRecord, type JiraConfig } from './payload.js';

/** What is followed of an issue. */
export const followed = ['status', 'person', 'team', 'due'] as const;
export type Followed = (typeof followed)[number];

/** What the changelog of an issue says of the fields that are followed, and what it calls their values. */
export class FieldLog {
  /** Names by id, of people and teams and statuses that the log has known. */
  readonly people = new Map<string, string>();
  readonly teams = new Map<string, string>();
  readonly statuses = new Map<string, string>();
  /** The changes, the first one first. */
  readonly histories: readonly History[];

  constructor(
    private readonly config: JiraConfig,
    private readonly record: IssueRecord,
  ) {
    this.histories = [...record.histories].sort((a, b) => timeOf(a) - timeOf(b) || Number(a.id) - Number(b.id));
  }

  fieldOf(item: Change): Followed | undefined {
    return followed.find((field) => this.isOf(item, field));
  }

  /** What a field began with: Jira keeps only what it has now, so the log is walked back. */
  initial(field: Followed): string | null {
    return initialValue(this.changesOf(field), this.current(field));
  }

  /** Whether the changes of a field lead without a gap to what it has now, and whether they at least end there. */
  endOf(field: Followed): { isUnbroken: boolean; isCurrent: boolean } {
    const changes = this.changesOf(field);
    const current = this.current(field);
    const last = changes.at(-1);
    return { isUnbroken: isUnbroken(changes, current), isCurrent: !last || last.to === current };
  }

  current(field: Followed): string | null {
    const { fields } = this.record.issue;
    const { team, dueField } = this.config;
    if (field === 'status') return fields.status.id;
    if (field === 'person') return userId(fields.assignee);
    if (field === 'due') return (dueField === undefined ? fields.duedate : valueOf(customValue(this.record, dueField))?.id) || null;
    const value = team === 'project' ? fields.project : valueOf(customValue(this.record, team.field));
    if (value) this.teams.set(value.id, value.name);
    return value?.id ?? null;
  }

  /** Values by id where the field has ids; free text stands for itself. */
  change(item: Change, field: Followed): ValueChange {
    const from = (field === 'person' && item.tmpFromAccountId) || item.from || null;
    const to = (field === 'person' && item.tmpToAccountId) || item.to || null;
    const isText = (field === 'team' || field === 'due') && from === null && to === null;
    const change = isText ? { from: item.fromText || null, to: item.toText || null } : { from, to };
    if (field === 'due') return change;
    const names = { status: this.statuses, person: this.people, team: this.teams }[field];
    if (change.from && item.fromText && !names.has(change.from)) names.set(change.from, item.fromText);
    if (change.to && item.toText && !names.has(change.to)) names.set(change.to, item.toText);
    return change;
  }

  private changesOf(field: Followed): ValueChange[] {
    return this.histories.flatMap(({ items }) => items.filter((item) => this.isOf(item, field)).map((item) => this.change(item, field)));
  }

  /** Old Data Centers name fields only; links and parents have no id anywhere. */
  private isOf(item: Change, field: Followed): boolean {
    const { team, dueField } = this.config;
    const custom = field === 'team' && team !== 'project' ? team.field : field === 'due' ? dueField : undefined;
    if (custom !== undefined) return item.fieldId === custom || (item.field === custom && item.fieldtype !== 'jira');
    const name = { status: 'status', person: 'assignee', team: 'project', due: 'duedate' }[field];
    return item.fieldtype !== 'custom' && (item.fieldId ?? item.field) === name;
  }
}

export function timeOf({ created }: History): number {
  return Date.parse(created);
}

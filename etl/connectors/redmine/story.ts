import { nobody, type EventRow } from '../../connector.js';
import { dueInstant } from '../due-date.js';
import { initialValue, isUnbroken } from '../value-history.js';
import {
  changesOf,
  currentOf,
  followedAttributes,
  isOf,
  valueOf,
  type FollowedAttribute,
  type IssueRecord,
  type Journal,
  type RedmineConfig,
} from './payload.js';

/** Events of one journal take places 0 to 2 after it. */
const placesPerJournal = 3;

/** Tells an issue's history as events: what it began with, what each journal changed and said, and what no journal explains. */
export class Story {
  readonly events: EventRow[] = [];
  readonly warnings: string[] = [];

  constructor(
    private readonly config: RedmineConfig,
    private readonly record: IssueRecord,
  ) {}

  /** What the issue began with, rebuilt from the first old value of each attribute: Redmine keeps only what it has now. */
  open(): void {
    const { issue } = this.record;
    const id = `${issue.id}:created`;
    const first = new Map(
      followedAttributes.map((attribute) => [attribute, initialValue(changesOf(issue, attribute), currentOf(issue, attribute))]),
    );
    const author = issue.author ? String(issue.author.id) : undefined;
    const at = issue.created_on;
    this.events.push({ externalId: id, kind: 'created', at, seq: 0, ...this.actor(author), ...this.stateOf(first) });
    const due = first.get('due_date') ?? null;
    if (due !== null)
      this.events.push({ externalId: `${id}:due`, kind: 'promised', at, seq: 1, ...this.actor(author), dueAt: this.dueAt(due) });
    // What our people write down for a customer is no word to that customer.
    if (issue.description) this.say(`${id}:note`, at, 2, author, issue.description, this.sideOf(author) === 'customer');
  }

  tell(journal: Journal, index: number): void {
    const { id, created_on: at, details } = journal;
    const seq = placesPerJournal * (index + 1);
    const author = journal.user ? String(journal.user.id) : undefined;
    const changed = new Map<FollowedAttribute, string | null>();
    for (const attribute of followedAttributes) {
      const change = details.find((found) => isOf(found, attribute));
      if (change) changed.set(attribute, valueOf(change.new_value));
    }
    const state = this.stateOf(changed);
    if (Object.keys(state).length > 0) {
      this.events.push({ externalId: `journal:${id}`, kind: 'changed', at, seq, ...this.actor(author), ...state });
    }
    const due = changed.get('due_date');
    if (due !== undefined) {
      this.events.push({
        externalId: `journal:${id}:due`,
        kind: 'promised',
        at,
        seq: seq + 1,
        ...this.actor(author),
        dueAt: this.dueAt(due),
      });
    }
    if (journal.notes) {
      const files = details.flatMap(({ property, new_value }) => (property === 'attachment' && new_value ? [new_value] : []));
      this.say(`journal:${id}:note`, at, seq + 2, author, journal.notes, journal.private_notes !== true, files);
    }
  }

  /**
   * Where the journals end in another value than the issue has, something changed it without a journal: a subtask that moved
   * its parent's dates, a removed journal, a plug-in. The value is taken from the last change of the issue on, and counted.
   */
  close(): void {
    const { issue } = this.record;
    const untold = new Map<FollowedAttribute, string | null>();
    for (const attribute of followedAttributes) {
      const changes = changesOf(issue, attribute);
      const current = currentOf(issue, attribute);
      const last = changes.at(-1);
      if (last && last.to !== current) untold.set(attribute, current);
      if (!isUnbroken(changes, current)) this.warnings.push('history_gap');
    }
    const at = issue.updated_on;
    const seq = placesPerJournal * (issue.journals.length + 1);
    const state = this.stateOf(untold);
    if (Object.keys(state).length > 0) this.events.push({ externalId: `${issue.id}:now`, kind: 'changed', at, seq, ...state });
    const due = untold.get('due_date');
    if (due !== undefined)
      this.events.push({ externalId: `${issue.id}:now:due`, kind: 'promised', at, seq: seq + 1, dueAt: this.dueAt(due) });
  }

  /** Who has nothing but roles of customers in the projects of the issue is a customer there. */
  sideOf(person: string | undefined): 'team' | 'customer' {
    const known = person === undefined ? undefined : this.record.names.people[person];
    if (!known || known.isAdmin) return 'team';
    return known.roles.every((role) => this.config.customerRoles.includes(role)) ? 'customer' : 'team';
  }

  private stateOf(values: ReadonlyMap<FollowedAttribute, string | null>): Pick<EventRow, 'status' | 'team' | 'person'> {
    const { names } = this.record;
    const state: Pick<EventRow, 'status' | 'team' | 'person'> = {};
    const status = values.get('status_id');
    if (status) state.status = names.statuses[status] ?? `#${status}`;
    const assigned = values.get('assigned_to_id');
    const isByGroup = this.config.team === 'group';
    if (assigned === null) {
      state.person = nobody;
      if (isByGroup) state.team = nobody;
    } else if (assigned !== undefined) {
      const assignee = names.people[assigned];
      state.person = assignee?.isGroup ? nobody : assigned;
      const group = assignee?.isGroup ? assigned : assignee?.group;
      if (isByGroup && group) state.team = group;
    }
    const team = isByGroup ? undefined : values.get(this.config.team === 'project' ? 'project_id' : 'category_id');
    if (team !== undefined) state.team = team ?? nobody;
    return state;
  }

  private say(
    externalId: string,
    at: string,
    seq: number,
    author: string | undefined,
    body: string,
    isPublic: boolean,
    attachments: string[] = [],
  ): void {
    const isBot = author !== undefined && this.config.bots.includes(this.record.names.people[author]?.name ?? '');
    const side = isBot ? 'system' : this.sideOf(author);
    this.events.push({
      externalId,
      kind: 'said',
      at,
      seq,
      ...this.actor(author),
      side,
      isPublic,
      isBot,
      message: attachments.length > 0 ? { body, attachments } : { body },
    });
  }

  private actor(id: string | undefined): Pick<EventRow, 'actor'> {
    if (id === undefined) return {};
    const isBot = this.config.bots.includes(this.record.names.people[id]?.name ?? '');
    return { actor: { id, role: isBot ? 'system' : this.sideOf(id) === 'customer' ? 'customer' : 'agent' } };
  }

  private dueAt(date: string | null): string | null {
    return date === null ? null : dueInstant(this.config, date);
  }
}

import { nobody, type EventRow } from '../../connector.js';
import { dueInstant } from '../due-date.js';
import { plainText } from './document.js';
import { FieldLog, followed, timeOf, type Followed } from './field-log.js';
import { userId, valueOfKind, type Comment, type History, type IssueRecord, type JiraConfig, type User } from './payload.js';

type Values = ReadonlyMap<Followed, string | null>;

/** An issue and its log are asked for one after the other: what the log tells of later is no gap. */
const toleranceMs = 2_000;
const feedbackKind = 'com.atlassian.servicedesk:sd-request-feedback';

/** Tells an issue's history as events: what it began with, what each change and comment did, and what no change explains. */
export class Story {
  readonly events: EventRow[] = [];
  readonly warnings: string[] = [];
  readonly log: FieldLog;
  private seq = 0;

  constructor(
    private readonly config: JiraConfig,
    private readonly record: IssueRecord,
  ) {
    this.log = new FieldLog(config, record);
  }

  tell(): void {
    this.open();
    for (const history of this.log.histories) this.change(history);
    for (const comment of this.record.comments.toSorted((a, b) => Number(a.id) - Number(b.id))) this.comment(comment);
    this.rating();
    this.close();
    if (this.record.isTruncated) this.warnings.push('truncated_history');
  }

  sideOf(user: User | null | undefined): 'team' | 'customer' | 'system' {
    if (!user) return 'team';
    if (user.accountType === 'app' || this.config.bots.includes(user.displayName ?? '')) return 'system';
    if (user.accountType === 'customer') return 'customer';
    const reporter = userId(this.record.issue.fields.reporter);
    return this.config.customers === 'reporters' && reporter !== null && reporter === userId(user) ? 'customer' : 'team';
  }

  /** What the issue began with, rebuilt from the first old value of each field: Jira keeps only what it has now. */
  private open(): void {
    const { id, fields } = this.record.issue;
    const at = instant(fields.created);
    const first: Values = new Map(followed.map((field) => [field, this.log.initial(field)]));
    // What a mail handler or a form makes, the reporter wrote.
    const author = fields.creator && this.sideOf(fields.creator) !== 'system' ? fields.creator : (fields.reporter ?? fields.creator);
    const actor = this.actor(author);
    this.events.push({ externalId: `${id}:created`, kind: 'created', at, seq: this.next(), ...actor, ...this.stateOf(first) });
    const due = first.get('due') ?? null;
    if (due !== null)
      this.events.push({ externalId: `${id}:created:due`, kind: 'promised', at, seq: this.next(), ...actor, dueAt: this.dueAt(due) });
    const body = plainText(fields.description);
    const side = this.sideOf(author);
    // What our people write down for a customer is no word to that customer.
    if (body !== '')
      this.events.push({
        externalId: `${id}:created:note`,
        kind: 'said',
        at,
        seq: this.next(),
        ...actor,
        side,
        isPublic: side === 'customer',
        isBot: side === 'system',
        message: { body },
      });
  }

  private change(history: History): void {
    const at = instant(history.created);
    const actor = this.actor(history.author);
    for (const [index, item] of history.items.entries()) {
      if (item.fieldtype && item.fieldtype !== 'jira' && item.fieldtype !== 'custom') this.warnings.push(`unknown_kind:${item.fieldtype}`);
      const field = this.log.fieldOf(item);
      if (!field) continue;
      const { to } = this.log.change(item, field);
      const place = { externalId: `${this.record.issue.id}:${history.id}:${index}`, at, seq: this.next(), ...actor };
      if (field === 'due') this.events.push({ ...place, kind: 'promised', dueAt: this.dueAt(to) });
      else this.events.push({ ...place, kind: 'changed', ...this.stateOf(new Map([[field, to]])) });
    }
  }

  /** Comments restricted to a role or a group are internal, and those that Service Management marks so. */
  private comment({ id, author, body, created, jsdPublic, visibility, properties }: Comment): void {
    const mark = properties?.find(({ key }) => key === 'sd.public.comment')?.value as { internal?: unknown } | null | undefined;
    const side = this.sideOf(author);
    const message = plainText(body);
    this.events.push({
      externalId: `${this.record.issue.id}:comment:${id}`,
      kind: 'said',
      at: instant(created),
      // Behind the changes of the same instant: a transition with a comment is one act.
      seq: Number(id),
      ...this.actor(author),
      side,
      isPublic: !visibility && (jsdPublic ?? mark?.internal !== true),
      isBot: side === 'system',
      ...(message === '' ? {} : { message: { body: message } }),
    });
  }

  private rating(): void {
    const told = valueOfKind(this.record, feedbackKind) as { rating?: unknown } | null | undefined;
    if (typeof told?.rating !== 'number' || told.rating < 1 || told.rating > 5) return;
    const date = valueOfKind(this.record, `${feedbackKind}-date`);
    const { id, fields } = this.record.issue;
    const at = instant(typeof date === 'string' ? date : fields.updated);
    this.events.push({ externalId: `${id}:rating`, kind: 'rated', at, seq: this.next(), rating: (told.rating - 1) / 4 });
  }

  /**
   * Where the changes end in another value than the issue has, an import or a plug-in changed it
   * unlogged: it holds from the last change on.
   */
  private close(): void {
    const { id, fields } = this.record.issue;
    const at = instant(fields.updated);
    const last = this.log.histories.at(-1);
    if (last && timeOf(last) > Date.parse(at) + toleranceMs) return;
    for (const field of followed) {
      const { isUnbroken, isCurrent } = this.log.endOf(field);
      if (!isUnbroken) this.warnings.push('history_gap');
      if (isCurrent) continue;
      const current = this.log.current(field);
      const place = { externalId: `${id}:now:${field}`, at, seq: this.next() };
      if (field === 'due') this.events.push({ ...place, kind: 'promised', dueAt: this.dueAt(current) });
      else this.events.push({ ...place, kind: 'changed', ...this.stateOf(new Map([[field, current]])) });
    }
  }

  private stateOf(values: Values): Pick<EventRow, 'status' | 'team' | 'person'> {
    const state: Pick<EventRow, 'status' | 'team' | 'person'> = {};
    const { status } = this.record.issue.fields;
    const id = values.get('status');
    if (id) state.status = this.record.statuses[id] ?? (id === status.id ? status.name : (this.log.statuses.get(id) ?? `#${id}`));
    if (values.has('team')) state.team = values.get('team') ?? nobody;
    if (values.has('person')) state.person = values.get('person') ?? nobody;
    return state;
  }

  private actor(user: User | null | undefined): Pick<EventRow, 'actor'> {
    const id = userId(user);
    if (id === null) return {};
    const side = this.sideOf(user);
    return { actor: { id, role: side === 'team' ? 'agent' : side } };
  }

  private dueAt(date: string | null): string | null {
    return date === null ? null : dueInstant(this.config, date);
  }

  private next(): number {
    this.seq += 1;
    return this.seq - 1;
  }
}

/** Jira writes times with the offset of whoever asks. */
export function instant(at: string): string {
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? at : new Date(ms).toISOString();
}

import { nobody, type EventRow } from '../../connector.js';
import { initialSet, labelled } from '../labels.js';
import { ownershipChange, type Ownership } from '../ownership.js';
import {
  closedStatus,
  plainStatuses,
  silentEvents,
  type GithubConfig,
  type IssueRecord,
  type TimelineEvent,
  type User,
} from './payload.js';

/** Kinds that change what an issue is; all others but comments are silent. */
const changing: ReadonlySet<string> = new Set(['closed', 'reopened', 'labeled', 'unlabeled', 'assigned', 'unassigned']);

/** Tells an issue's timeline as events: GitHub says what was added and taken away, and these sets are kept up on the way. */
export class Story {
  readonly events: EventRow[] = [];
  readonly warnings: string[] = [];
  /** Everyone the issue names, by id. */
  readonly users = new Map<number, User>();
  private readonly associations = new Map<number, string>();
  private readonly timeline: (TimelineEvent & { created_at: string })[];
  private readonly labels: Set<string>;
  private readonly assignees: Map<number, User>;
  private ending: string | null = null;
  private told: Ownership;

  constructor(
    private readonly config: GithubConfig,
    private readonly record: IssueRecord,
  ) {
    const { issue, timeline } = record;
    this.timeline = timeline
      .flatMap((event) => (event.created_at ? [{ ...event, created_at: event.created_at }] : []))
      .sort((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at));
    // Closings of before 2022 have no reason; that of the last one is kept with the issue.
    const closing = this.timeline.findLast(({ event }) => event === 'closed');
    if (closing && issue.state === 'closed') closing.state_reason ??= issue.state_reason;
    for (const { user, assignee, actor, author_association } of [...timeline, { ...issue, assignee: null, actor: null }]) {
      for (const each of [user, assignee, actor]) if (each) this.users.set(each.id, each);
      if (user && author_association) this.associations.set(user.id, author_association);
    }
    for (const assignee of issue.assignees ?? []) this.users.set(assignee.id, assignee);
    const labels = this.timeline.flatMap(({ event, label }) => (label ? [{ event, key: label.name }] : []));
    this.labels = new Set(initialSet(issue.labels, stepsOf(labels, 'labeled', 'unlabeled')));
    const assignees = this.timeline.flatMap(({ event, assignee }) => (assignee ? [{ event, key: assignee.id }] : []));
    const now = (issue.assignees ?? []).map(({ id }) => id);
    const began = initialSet(now, stepsOf(assignees, 'assigned', 'unassigned'));
    this.assignees = new Map(began.flatMap((id) => this.users.get(id) ?? []).map((user) => [user.id, user]));
    this.told = this.state();
  }

  tell(): void {
    const { issue } = this.record;
    const id = String(issue.number);
    const author = issue.user ?? undefined;
    this.events.push({ externalId: `${id}:created`, kind: 'created', at: issue.created_at, seq: 0, ...this.actor(author), ...this.told });
    // What our people write down for a customer is no word to that customer.
    if (issue.body) this.say(`${id}:body`, issue.created_at, 1, author, issue.body, this.sideOf(author) === 'customer');
    for (const [index, event] of this.timeline.entries()) {
      if (event.event === 'commented') {
        if (event.body)
          this.say(`comment:${event.id}`, event.created_at, index + 2, event.user ?? event.actor ?? undefined, event.body, true);
      } else if (changing.has(event.event)) {
        this.take(event);
        // An owner is replaced in two steps of one moment.
        const next = this.timeline[index + 1];
        const isOneStep = next !== undefined && changing.has(next.event) && isTogether(event, next);
        if (!isOneStep) this.change(`event:${event.id}`, event.created_at, index + 2, event.actor ?? undefined);
      } else if (!silentEvents.has(event.event)) this.warnings.push('unknown_kind');
    }
    this.close();
  }

  /**
   * Ours is who has a team's relation to the repository; of someone who never wrote it is not
   * known, and only ours may change issues of others.
   */
  sideOf(user: User | undefined): 'team' | 'customer' {
    if (!user) return 'customer';
    const association = this.associations.get(user.id);
    return association === undefined || this.config.teamAssociations.includes(association) ? 'team' : 'customer';
  }

  isBot(user: User | undefined): boolean {
    return user !== undefined && (user.type === 'Bot' || this.config.bots.includes(user.login));
  }

  private take({ event, label, assignee, state_reason }: TimelineEvent): void {
    if (event === 'closed') this.ending = closedStatus(state_reason);
    else if (event === 'reopened') this.ending = null;
    else if (event === 'labeled' && label) this.labels.add(label.name);
    else if (event === 'unlabeled' && label) this.labels.delete(label.name);
    else if (event === 'assigned' && assignee) this.assignees.set(assignee.id, assignee);
    else if (event === 'unassigned' && assignee) this.assignees.delete(assignee.id);
  }

  private state(): Ownership {
    const { config } = this;
    // The label that came last: a new team is often named before the old one is taken away.
    const labels = [...this.labels].reverse();
    const [first] = this.assignees.values();
    const team =
      config.team === 'label'
        ? labelled(labels, config.teamLabels)
        : Object.entries(config.teams).find(([, logins]) => first !== undefined && logins.includes(first.login))?.[0];
    return {
      status: this.ending ?? labelled(labels, config.statusLabels) ?? plainStatuses.open,
      team: team ?? nobody,
      person: first === undefined ? nobody : String(first.id),
    };
  }

  private change(externalId: string, at: string, seq: number, actor: User | undefined): void {
    const now = this.state();
    const changed = ownershipChange(this.told, now);
    this.told = now;
    if (changed) this.events.push({ externalId, kind: 'changed', at, seq, ...this.actor(actor), ...changed });
  }

  /** Where the timeline ends in something else than the issue is, the issue is right from its last change on; counted. */
  private close(): void {
    const { issue } = this.record;
    const isNewer = this.timeline.some(
      ({ event, created_at }) => changing.has(event) && Date.parse(created_at) > Date.parse(issue.updated_at),
    );
    if (isNewer) return;
    for (const label of this.labels) if (!issue.labels.includes(label)) this.labels.delete(label);
    for (const label of issue.labels) this.labels.add(label);
    const now = new Map((issue.assignees ?? []).map((user) => [user.id, user]));
    for (const id of this.assignees.keys()) if (!now.has(id)) this.assignees.delete(id);
    for (const [id, user] of now) if (!this.assignees.has(id)) this.assignees.set(id, user);
    if ((issue.state === 'closed') !== (this.ending !== null))
      this.ending = issue.state === 'closed' ? closedStatus(issue.state_reason) : null;
    const before = this.events.length;
    const at = issue.state === 'closed' && issue.closed_at ? issue.closed_at : issue.updated_at;
    this.change(`${issue.number}:now`, at, this.timeline.length + 2, undefined);
    if (this.events.length > before) this.warnings.push('history_gap');
  }

  private say(externalId: string, at: string, seq: number, author: User | undefined, body: string, isPublic: boolean): void {
    const isBot = this.isBot(author);
    const side = isBot ? 'system' : this.sideOf(author);
    this.events.push({ externalId, kind: 'said', at, seq, ...this.actor(author), side, isPublic, isBot, message: { body } });
  }

  private actor(user: User | undefined): Pick<EventRow, 'actor'> {
    if (!user) return {};
    return { actor: { id: String(user.id), role: this.isBot(user) ? 'system' : this.sideOf(user) === 'customer' ? 'customer' : 'agent' } };
  }
}

function isTogether(a: TimelineEvent, b: TimelineEvent): boolean {
  return a.created_at === b.created_at && a.actor?.id === b.actor?.id;
}

function stepsOf<K>(steps: readonly { event: string; key: K }[], added: string, taken: string): { key: K; isAdded: boolean }[] {
  return steps.filter(({ event }) => event === added || event === taken).map(({ event, key }) => ({ key, isAdded: event === added }));
}

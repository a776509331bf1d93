import { nobody, type EventRow } from '../../connector.js';
import { dueInstant } from '../due-date.js';
import { initialSet, labelled } from '../labels.js';
import { ownershipChange, type Ownership } from '../ownership.js';
import { readNote, type ToldChange } from './notes.js';
import { plainStatuses, type GitlabConfig, type IssueRecord, type Note, type User } from './payload.js';

interface Entry {
  /** Identity, in the words of the tool: `state:7`. */
  id: string;
  at: string;
  user: User | undefined;
  state?: string;
  label?: { name: string; isAdded: boolean };
  said?: Note;
  told?: ToldChange;
}

/** Who writes for customers that mailed to the service desk. */
const serviceDesk = 'support-bot';

/** Events of one entry take two places. */
const placesPerEntry = 2;

/** Tells an issue's past as events: states and labels as GitLab keeps them, owners and due dates as its notes tell them. */
export class Story {
  readonly events: EventRow[] = [];
  readonly warnings: string[] = [];
  /** Everyone the issue names, by id; of those no longer known the user name with an @ is the id. */
  readonly people = new Map<string, { username: string; name: string; user?: User }>();
  private readonly ids = new Map<string, string>();
  private readonly ours = new Set<number>();
  private readonly entries: Entry[];
  private readonly labels: Set<string>;
  private readonly assignees: Map<string, string>;
  private isClosed = false;
  private due: string | null | undefined;
  private told: Ownership;

  constructor(
    private readonly config: GitlabConfig,
    private readonly record: IssueRecord,
  ) {
    const { issue, states, labels, notes, members } = record;
    for (const user of [
      issue.author,
      ...(issue.assignees ?? []),
      ...[...states, ...labels].map(({ user }) => user),
      ...notes.map(({ author }) => author),
    ])
      if (user) this.know(user);
    for (const member of members) {
      this.know(member);
      if (member.access_level >= config.teamAccess) this.ours.add(member.id);
    }
    // Who left is no member any more; what only members may do tells that they were.
    const workers = [...(issue.assignees ?? []), ...[...states, ...labels].flatMap(({ user }) => user ?? [])];
    for (const { id } of workers) if (id !== issue.author?.id) this.ours.add(id);
    this.entries = this.entriesOf();
    const labelSteps = this.entries.flatMap(({ label }) => (label ? [{ key: label.name, isAdded: label.isAdded }] : []));
    this.labels = new Set(initialSet(issue.labels, labelSteps));
    const ownerSteps = this.entries.flatMap(({ told }) => [
      ...(told?.unassigned ?? []).map((username) => ({ key: username, isAdded: false })),
      ...(told?.assigned ?? []).map((username) => ({ key: username, isAdded: true })),
    ]);
    const owners = (issue.assignees ?? []).map(({ username }) => username);
    this.assignees = new Map(initialSet(owners, ownerSteps).map((username) => [this.idOf(username), username]));
    // Of an issue whose due date was never changed it is the one that it was opened with; of others that one is not told.
    const isDueTold = this.entries.some(({ told }) => told?.due !== undefined) || this.warnings.includes('unread_note');
    this.due = isDueTold ? undefined : (issue.due_date ?? null);
    this.told = this.state();
  }

  tell(): void {
    const { issue } = this.record;
    const author = issue.author ?? undefined;
    const id = String(issue.iid);
    const at = issue.created_at;
    this.events.push({ externalId: `${id}:created`, kind: 'created', at, seq: 0, ...this.actor(author), ...this.told });
    if (this.due) this.promise(`${id}:created:due`, at, 1, author, this.due);
    // What our people write down for a customer is no word to that customer.
    if (issue.description) this.say(`${id}:description`, at, 2, author, issue.description, this.sideOf(author) === 'customer');
    for (const [index, entry] of this.entries.entries()) {
      const seq = placesPerEntry * (index + 2);
      if (entry.said) {
        const { body, internal, confidential } = entry.said;
        this.say(entry.id, entry.at, seq, entry.user, body, internal !== true && confidential !== true);
        continue;
      }
      this.take(entry);
      // What is changed in one step is told in several entries of one moment.
      const next = this.entries[index + 1];
      const isOneStep = next !== undefined && !next.said && next.at === entry.at && next.user?.id === entry.user?.id;
      if (!isOneStep) this.change(entry.id, entry.at, seq, entry.user);
      if (entry.told?.due !== undefined) this.promise(`${entry.id}:due`, entry.at, seq + 1, entry.user, entry.told.due);
    }
    this.close();
  }

  sideOf(user: User | undefined): 'team' | 'customer' {
    return user && this.ours.has(user.id) && !this.isServiceDesk(user) ? 'team' : 'customer';
  }

  isBot(user: User | undefined): boolean {
    if (!user || this.isServiceDesk(user)) return false;
    return user.bot === true || this.config.bots.includes(user.username) || /^(project|group)_\d+_bot/.test(user.username);
  }

  private isServiceDesk(user: User): boolean {
    return user.username === serviceDesk && Boolean(this.record.issue.service_desk_reply_to);
  }

  private entriesOf(): Entry[] {
    const { states, labels, notes } = this.record;
    const entries: Entry[] = [];
    for (const { id, user, created_at, state } of states)
      entries.push({ id: `state:${id}`, at: created_at, user: user ?? undefined, state });
    for (const { id, user, created_at, label, action } of labels) {
      if (label)
        entries.push({
          id: `label:${id}`,
          at: created_at,
          user: user ?? undefined,
          label: { name: label.name, isAdded: action === 'add' },
        });
      else this.warnings.push('deleted_label');
    }
    for (const note of notes) {
      const entry = { id: `note:${note.id}`, at: note.created_at, user: note.author ?? undefined };
      if (!note.system) entries.push({ ...entry, said: note });
      else {
        const told = readNote(note.body);
        if (told === 'unread') this.warnings.push('unread_note');
        else if (told === 'unknown') this.warnings.push('unknown_kind');
        else if (told.assigned.length + told.unassigned.length > 0 || told.isCleared || told.due !== undefined)
          entries.push({ ...entry, told });
      }
    }
    return entries.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  }

  private take({ state, label, told }: Entry): void {
    if (state !== undefined) this.isClosed = state === 'closed';
    if (label?.isAdded) this.labels.add(label.name);
    else if (label) this.labels.delete(label.name);
    if (told?.isCleared) this.assignees.clear();
    for (const username of told?.unassigned ?? []) this.assignees.delete(this.idOf(username));
    for (const username of told?.assigned ?? []) this.assignees.set(this.idOf(username), username);
  }

  private state(): Ownership {
    const { config } = this;
    // The label that came last: a new team is often named before the old one is taken away.
    const labels = [...this.labels].reverse();
    const [owner] = this.assignees;
    const team =
      config.team === 'label'
        ? labelled(labels, config.teamLabels)
        : Object.entries(config.teams).find(([, usernames]) => owner !== undefined && usernames.includes(owner[1]))?.[0];
    return {
      status: this.isClosed ? plainStatuses.closed : (labelled(labels, config.statusLabels) ?? plainStatuses.open),
      team: team ?? nobody,
      person: owner?.[0] ?? nobody,
    };
  }

  private change(externalId: string, at: string, seq: number, user: User | undefined): void {
    const now = this.state();
    const changed = ownershipChange(this.told, now);
    this.told = now;
    if (changed) this.events.push({ externalId, kind: 'changed', at, seq, ...this.actor(user), ...changed });
  }

  /** Where the history ends in something else than the issue is, the issue is right from its last change on; counted. */
  private close(): void {
    const { issue } = this.record;
    if (this.entries.some(({ said, at }) => !said && Date.parse(at) > Date.parse(issue.updated_at))) return;
    for (const label of this.labels) if (!issue.labels.includes(label)) this.labels.delete(label);
    for (const label of issue.labels) this.labels.add(label);
    const now = new Map((issue.assignees ?? []).map(({ username }) => [this.idOf(username), username]));
    for (const id of this.assignees.keys()) if (!now.has(id)) this.assignees.delete(id);
    for (const [id, username] of now) this.assignees.set(id, username);
    this.isClosed = issue.state === 'closed';
    const before = this.events.length;
    const at = issue.state === 'closed' && issue.closed_at ? issue.closed_at : issue.updated_at;
    const seq = placesPerEntry * (this.entries.length + 2);
    this.change(`${issue.iid}:now`, at, seq, undefined);
    const due = issue.due_date ?? null;
    if ((this.due ?? null) !== due) this.promise(`${issue.iid}:now:due`, issue.updated_at, seq + 1, undefined, due);
    if (this.events.length > before) this.warnings.push('history_gap');
  }

  private promise(externalId: string, at: string, seq: number, user: User | undefined, due: string | null): void {
    this.due = due;
    const dueAt = due === null ? null : dueInstant(this.config, due);
    this.events.push({ externalId, kind: 'promised', at, seq, ...this.actor(user), dueAt });
  }

  private say(externalId: string, at: string, seq: number, user: User | undefined, body: string, isPublic: boolean): void {
    const isBot = this.isBot(user);
    const side = isBot ? 'system' : this.sideOf(user);
    this.events.push({ externalId, kind: 'said', at, seq, ...this.actor(user), side, isPublic, isBot, message: { body } });
  }

  private actor(user: User | undefined): Pick<EventRow, 'actor'> {
    if (!user) return {};
    return { actor: { id: String(user.id), role: this.isBot(user) ? 'system' : this.sideOf(user) === 'customer' ? 'customer' : 'agent' } };
  }

  private know(user: User): void {
    this.ids.set(user.username, String(user.id));
    this.people.set(String(user.id), { username: user.username, name: user.name ?? user.username, user });
  }

  private idOf(username: string): string {
    const id = this.ids.get(username) ?? `@${username}`;
    this.ids.set(username, id);
    if (!this.people.has(id)) this.people.set(id, { username, name: username });
    return id;
  }
}

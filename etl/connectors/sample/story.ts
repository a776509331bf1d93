import { statuses, teams, bots, type Person, type Service, type TeamId, type Tool } from './company.js';
import type { Customer } from './customers.js';
import type { ChangeLine, CommentLine, RatingLine } from './payload.js';
import { note, phrase, question, type Filling, type internalNotes } from './phrases/phrases.js';
import type { Purpose } from './phrases/purposes.js';
import type { Random } from './random.js';
import type { World } from './world.js';
import type { StatusMeaning } from '../../connector.js';

export interface Head {
  tool: Tool;
  key: string;
  type: string;
  service: Service;
  customer: Customer;
  createdAt: number;
}

/** What the simulation itself means by its lines, in epoch seconds: to compare with what is read out of them. */
export interface Meant {
  /** Without assignments put right at once. */
  owners: { at: number; team: TeamId | null; person: string | null }[];
  /** The times of those assignments. */
  slips: { from: number; to: number }[];
  meanings: { at: number; meaning: StatusMeaning }[];
  /** Without dates put right at once. */
  promises: { at: number; dueAt: number; askedByCustomer: boolean }[];
  /** Each time a team got it: when its first person took it, and whether the sender left a note. */
  takings: { handedAt: number; takenAt: number; isWarm: boolean }[];
  words: number[];
}

export type Author = { kind: 'customer' | 'agent' | 'automation'; id?: string };
const agentNames = new Map(Object.values(teams).flatMap(({ people }) => people.map(({ id, name }) => [id, name])));
const customerAuthor: Author = { kind: 'customer' };

/** One item being lived: time moves forward and every act leaves its line. Times are epoch seconds. */
export class Story {
  at: number;
  team: TeamId | null = null;
  person: Person | null = null;
  status = '';
  lastWordAt: number;
  markedAs: 'spam' | 'duplicate' | 'test' | null = null;
  /** Of the last change into done or cancelled; null while open. */
  endedAt: number | null = null;
  readonly changes: ChangeLine[] = [];
  readonly comments: CommentLine[] = [];
  readonly ratings: RatingLine[] = [];
  readonly meant: Meant = { owners: [], slips: [], meanings: [], promises: [], takings: [], words: [] };
  private lines = 0;

  constructor(
    readonly world: World,
    readonly random: Random,
    readonly head: Head,
  ) {
    this.at = head.createdAt;
    this.lastWordAt = head.createdAt;
  }

  change(author: Author, change: { status?: string; team?: TeamId | null; person?: Person | null }): void {
    const { status, team, person } = change;
    this.changes.push({
      ...this.line(author, this.at),
      ...(status !== undefined && { status }),
      ...(team !== undefined && { team }),
      ...(person !== undefined && { assignee: person?.id ?? null }),
    });
    if (team !== undefined) this.team = team;
    if (person !== undefined) this.person = person;
    if (team !== undefined || person !== undefined)
      this.meant.owners.push({ at: this.at, team: this.team, person: this.person?.id ?? null });
    if (status !== undefined) this.enter(status);
  }

  /** Someone else for less than two minutes: a slip of the hand. */
  misassign(author: Author, wrong: TeamId, right: TeamId): void {
    this.changes.push({ ...this.line(author, this.at), team: wrong });
    const from = this.at;
    this.at += this.random.whole(20, 100);
    this.meant.slips.push({ from, to: this.at });
    this.change(author, { team: right });
  }

  customerSays(purpose: Purpose, attachments?: string[]): void {
    this.comment(customerAuthor, 'public', phrase(this.random, this.head.customer.language, purpose, this.filling()), attachments);
  }

  teamSays(purpose: Purpose, date?: number, at = this.at): void {
    this.word(phrase(this.random, this.head.customer.language, purpose, this.filling(date, at)), at);
  }

  asks(index: number): void {
    this.word(question(this.random, this.head.customer.language, index, this.filling()), this.at);
  }

  botSays(purpose: Purpose): void {
    this.comment(
      { kind: 'automation', id: bots.reply.id },
      'public',
      phrase(this.random, this.head.customer.language, purpose, this.filling()),
    );
  }

  notes(kind: keyof typeof internalNotes, at = this.at, random = this.random): void {
    this.comments.push({
      ...this.line(this.agent(at), at),
      audience: 'internal',
      body: note(random, kind, this.filling()),
      language: 'en',
    });
  }

  fillsHandoverField(): void {
    this.changes.push({ ...this.line(this.agent(), this.at), handoverField: true });
  }

  promises(dueAt: number, { at = this.at, askedByCustomer = false } = {}): void {
    this.changes.push({ ...this.line(this.agent(at), at), dueAt: iso(dueAt), ...(askedByCustomer && { dueAskedByCustomer: true }) });
    this.meant.promises.push({ at, dueAt, askedByCustomer });
  }

  /** A date typed wrong and put right some minutes later; the first one is what the customer was told when. */
  promisesWrongly(wrongDueAt: number, dueAt: number): void {
    const saidAt = this.at;
    this.changes.push({ ...this.line(this.agent(), saidAt), dueAt: iso(wrongDueAt) });
    this.at += this.random.whole(180, 1_500);
    this.changes.push({ ...this.line(this.agent(), this.at), dueAt: iso(dueAt) });
    this.meant.promises.push({ at: saidAt, dueAt, askedByCustomer: false });
  }

  rates(stars: number): void {
    this.ratings.push({ ...this.line(customerAuthor, this.at), stars });
  }

  /** Whoever has it at that time, or a colleague of the team. */
  agent(at = this.at): Author {
    const owner = at >= this.at ? { person: this.person?.id, team: this.team } : this.meant.owners.findLast((entry) => entry.at <= at);
    const id = owner?.person ?? teams[owner?.team ?? this.team ?? 'support'].people[0]?.id;
    return { kind: 'agent', ...(id !== undefined && { id }) };
  }

  private enter(status: string): void {
    const meaning = statuses[this.head.tool][status];
    if (meaning === undefined) throw new RangeError(`The sample ${this.head.tool} has no status "${status}".`);
    const isEnd = meaning === 'done' || meaning === 'cancelled';
    if (!isEnd) this.endedAt = null;
    else this.endedAt ??= this.at;
    this.status = status;
    this.meant.meanings.push({ at: this.at, meaning });
  }

  private word(body: string, at: number): void {
    this.comments.push({ ...this.line(this.agent(at), at), audience: 'public', body, language: this.head.customer.language });
    this.lastWordAt = Math.max(this.lastWordAt, at);
    this.meant.words.push(at);
  }

  private comment(author: Author, audience: 'public' | 'internal', body: string, attachments?: string[]): void {
    this.comments.push({
      ...this.line(author, this.at),
      audience,
      body,
      language: this.head.customer.language,
      ...(attachments && { attachments }),
    });
  }

  private filling(date?: number, at = this.at): Filling {
    const agent = agentNames.get(this.agent(at).id ?? '') ?? 'Meridian';
    const { key, service, customer } = this.head;
    return { name: customer.contact, agent, order: key, city: customer.city, service, ...(date !== undefined && { date }) };
  }

  private line(author: Author, at: number): { id: string; order: number; at: string; author: Author } {
    this.lines += 1;
    return { id: `${this.head.key}-${this.lines}`, order: this.lines, at: iso(at), author };
  }
}

export function iso(at: number): string {
  return new Date(at * 1_000).toISOString();
}

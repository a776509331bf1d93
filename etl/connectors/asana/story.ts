import { nobody, type EventRow } from '../../connector.js';
import { dueInstant } from '../due-date.js';
import { initialValue, isUnbroken, type ValueChange } from '../value-history.js';
import type { AsanaConfig, Dates, Named, Story, TaskRecord } from './payload.js';

/** The status of a task that is ticked off, whatever section it lies in. */
export const completed = 'Completed';
/** The status of a task that lies in no section of the project. */
const withoutSection = 'Open';

/** Events of one story take places 0 to 2 after it. */
const placesPerStory = 3;

/** Stories that tell nothing of status, owner, promise or words. */
const saysNothing =
  /^(added_to_|removed_from_|attachment_|name_changed|notes_changed|liked|.*_liked|due_today|start_date_|depend|duplicate|unmarked_duplicate|marked_duplicate|marked_today|subtask_|follower|mention|.*custom_field_changed|approval_status_changed|hearted|reset_|completion_)/;

type Walked = 'section' | 'person' | 'due' | 'team';

/** Tells the stories of a task as events: what it began with, what each story changed or said, and what none explains. */
export class TaskStory {
  readonly events: EventRow[] = [];
  readonly warnings: string[] = [];
  private readonly changes: Record<Walked, ValueChange[]>;
  private readonly now: Record<Walked, string | null | undefined>;
  private section: string | null;
  private isDone: boolean;
  private person: string | null | undefined;

  constructor(
    private readonly config: AsanaConfig,
    private readonly record: TaskRecord,
  ) {
    const { task, stories } = record;
    const own = task.memberships?.find(({ project }) => project?.gid === record.project.gid);
    this.now = {
      section: own?.section?.gid ?? null,
      person: task.assignee?.gid ?? null,
      due: dateOf(task),
      team: this.teamNow(),
    };
    const walk = (of: (story: Story) => ValueChange | null) => stories.flatMap((story) => of(story) ?? []);
    this.changes = {
      section: walk((story) => this.sectionChange(story)),
      person: [],
      due: walk(dueChange),
      team: walk((story) => this.teamChange(story)),
    };
    this.section = initialValue(this.changes.section, this.now.section) ?? null;
    const ticked = stories.find(({ resource_subtype: kind }) => kind === 'marked_complete' || kind === 'marked_incomplete');
    this.isDone = ticked ? ticked.resource_subtype === 'marked_incomplete' : task.completed === true;
    this.person = this.firstPerson();
  }

  open(): void {
    const { task } = this.record;
    const id = `${task.gid}:created`;
    const base = { at: task.created_at, ...this.actor(task.created_by) };
    const team = initialValue(this.changes.team, this.now.team);
    this.events.push({
      externalId: id,
      kind: 'created',
      seq: 0,
      ...base,
      status: this.status(),
      ...(team === undefined ? {} : { team: team ?? nobody }),
      ...(this.person === undefined ? {} : { person: this.person ?? nobody }),
    });
    const due = initialValue(this.changes.due, this.now.due) ?? null;
    if (due !== null) this.events.push({ externalId: `${id}:due`, kind: 'promised', seq: 1, ...base, dueAt: dueInstant(this.config, due) });
    // What our people write down for themselves is no word to a customer.
    if (task.notes && this.sideOf(task.created_by) === 'customer') this.say(`${id}:notes`, task.created_at, 2, task.created_by, task.notes);
  }

  tell(story: Story, index: number): void {
    const { gid, created_at: at, created_by: author, resource_subtype: kind } = story;
    const seq = placesPerStory * (index + 1);
    const externalId = `story:${gid}`;
    const change = (state: Pick<EventRow, 'status' | 'team' | 'person'>) =>
      this.events.push({ externalId, kind: 'changed', at, seq, ...this.actor(author), ...state });
    const section = this.sectionChange(story);
    const due = dueChange(story);
    const team = this.teamChange(story);
    if (section) {
      this.section = section.to;
      if (!this.isDone) change({ status: this.status() });
    } else if (kind === 'marked_complete' || kind === 'marked_incomplete') {
      this.isDone = kind === 'marked_complete';
      change({ status: this.status() });
    } else if (kind === 'assigned' || kind === 'unassigned') {
      this.person = kind === 'assigned' ? (story.assignee?.gid ?? null) : null;
      change({ person: this.person ?? nobody });
    } else if (team) change({ team: team.to ?? nobody });
    else if (due) {
      const dueAt = due.to === null ? null : dueInstant(this.config, due.to);
      this.events.push({ externalId, kind: 'promised', at, seq, ...this.actor(author), dueAt });
    } else if (kind === 'comment_added') this.say(externalId, at, seq, author, story.text ?? '');
    else if (kind !== 'section_changed' && !saysNothing.test(kind)) this.warnings.push('unknown_kind');
  }

  /** Where the stories end in another value than the task has: it holds from the last change of the task on, and is counted. */
  close(): void {
    const { task, stories } = this.record;
    const at = task.modified_at ?? stories.at(-1)?.created_at ?? task.created_at;
    const seq = placesPerStory * (stories.length + 1);
    for (const attribute of ['section', 'due', 'team'] as const)
      if (!isUnbroken(this.changes[attribute], this.now[attribute])) this.warnings.push('history_gap');
    const told = this.status();
    this.section = this.now.section ?? null;
    this.isDone = task.completed === true;
    const state: Pick<EventRow, 'status' | 'team' | 'person'> = {};
    if (this.status() !== told) state.status = this.status();
    const team = this.changes.team.at(-1);
    if (team && this.now.team !== undefined && team.to !== this.now.team) state.team = this.now.team ?? nobody;
    if (this.person !== this.now.person) state.person = this.now.person ?? nobody;
    if (Object.keys(state).length > 0) this.events.push({ externalId: `${task.gid}:now`, kind: 'changed', at, seq, ...state });
    const due = this.changes.due.at(-1);
    const now = this.now.due ?? null;
    if (due && due.to !== now) {
      const dueAt = now === null ? null : dueInstant(this.config, now);
      this.events.push({ externalId: `${task.gid}:now:due`, kind: 'promised', at, seq: seq + 1, dueAt });
    }
  }

  sideOf(person: Named | null | undefined): 'team' | 'customer' {
    return person && this.record.guests.includes(person.gid) ? 'customer' : 'team';
  }

  private status(): string {
    if (this.isDone) return completed;
    if (this.section === null) return withoutSection;
    return this.record.sections[this.section] ?? this.formerSection(this.section);
  }

  /** A section that is gone is called as the story calls it. */
  private formerSection(gid: string): string {
    const { task, stories } = this.record;
    const told = [
      ...(task.memberships ?? []).map(({ section }) => section),
      ...stories.flatMap((one) => [one.old_section, one.new_section]),
    ];
    return told.find((section) => section?.gid === gid)?.name ?? `#${gid}`;
  }

  /** A story of a task that is in several projects tells not in which of them the section lies: one of ours shows it. */
  private sectionChange(story: Story): ValueChange | null {
    if (story.resource_subtype !== 'section_changed') return null;
    const [from, to] = [story.old_section?.gid ?? null, story.new_section?.gid ?? null];
    const isElsewhere = (this.record.task.memberships ?? []).some(({ project }) => project && project.gid !== this.record.project.gid);
    const isOurs = [from, to].some((gid) => gid !== null && gid in this.record.sections);
    return isOurs || !isElsewhere ? { from, to } : null;
  }

  private teamNow(): string | null | undefined {
    const { team } = this.config;
    if (team === 'project') return this.record.project.gid;
    const found = this.record.task.custom_fields?.find(({ name }) => name === team.field);
    return found ? (found.enum_value?.gid ?? null) : undefined;
  }

  private teamChange(story: Story): ValueChange | null {
    const { team } = this.config;
    if (team === 'project' || story.resource_subtype !== 'enum_custom_field_changed' || story.custom_field?.name !== team.field)
      return null;
    return { from: story.old_enum_value?.gid ?? null, to: story.new_enum_value?.gid ?? null };
  }

  /** Whom a task was given to at first; undefined where a story takes it from someone it does not name. */
  private firstPerson(): string | null | undefined {
    const first = this.record.stories.find(({ resource_subtype: kind }) => kind === 'assigned' || kind === 'unassigned');
    if (!first) return this.now.person;
    return first.resource_subtype === 'assigned' ? null : first.assignee?.gid;
  }

  private say(externalId: string, at: string, seq: number, author: Named | null | undefined, body: string): void {
    const isBot = this.isBot(author);
    const side = isBot ? 'system' : this.sideOf(author);
    this.events.push({ externalId, kind: 'said', at, seq, ...this.actor(author), side, isBot, message: { body } });
  }

  private isBot(author: Named | null | undefined): boolean {
    return !author || this.config.bots.includes(author.name ?? '');
  }

  private actor(author: Named | null | undefined): Pick<EventRow, 'actor'> {
    if (!author) return { actor: { role: 'system' } };
    const role = this.isBot(author) ? 'system' : this.sideOf(author) === 'customer' ? 'customer' : 'agent';
    return { actor: { id: author.gid, role } };
  }
}

function dueChange(story: Story): ValueChange | null {
  if (story.resource_subtype !== 'due_date_changed') return null;
  return { from: dateOf(story.old_dates), to: dateOf(story.new_dates) };
}

function dateOf(dates: Dates | null | undefined): string | null {
  return dates?.due_at ?? dates?.due_on ?? null;
}

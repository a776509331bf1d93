import { nobody, type EventRow } from '../../connector.js';
import { dueInstant } from '../due-date.js';
import { textOfHtml } from '../html-text.js';
import { userIn } from './names.js';
import {
  fieldsOf,
  owner,
  team,
  valueIn,
  type Engagement,
  type HubspotConfig,
  type HubspotRecord,
  type Kind,
  type Past,
} from './payload.js';

/** A value that came with the creation is written a moment before or after it. */
const creationMs = 1_000;
/** HubSpot keeps so many values of a property; older ones are forgotten. */
const keptValues = 20;
/** Sources of values that are no person: `sourceType` of HubSpot. */
const automatic = /^(AUTOMATION|WORKFLOW|CALCULATED|INTERNAL_PROCESSING|MIGRATION|SYSTEM|INTEGRATION|API|BATCH_UPDATE|AI)/;

interface Change {
  property: string;
  entry: Past;
}

/** Tells an object's history as events: what it began with, each value that a property took, and what was written. */
export class Story {
  readonly events: EventRow[] = [];
  readonly warnings: string[] = [];
  private readonly id: string;
  private readonly createdAt: string;
  private readonly changes: Change[] = [];
  private seq = 0;

  constructor(
    private readonly config: HubspotConfig,
    private readonly kind: Kind,
    private readonly record: HubspotRecord,
  ) {
    const { object } = record;
    this.id = `${fieldsOf[kind].type} ${object.id}`;
    this.createdAt = valueIn(object.properties, 'createdate') ?? object.createdAt;
  }

  /** The first value of a property belongs to the creation where it is as old; where it is younger there was none before. */
  open(): void {
    const created: EventRow = { externalId: `${this.id} created`, kind: 'created', at: this.createdAt, seq: this.place() };
    const initial: EventRow[] = [];
    for (const property of [fieldsOf[this.kind].stage, owner, team]) {
      const first = this.first(property);
      if (first !== undefined) Object.assign(created, this.stateOf(property, first.value ?? null), this.actor(first));
      else if (property !== fieldsOf[this.kind].stage && !this.isTruncated(property)) Object.assign(created, this.stateOf(property, null));
    }
    const { dueField } = this.config;
    const due = dueField === undefined ? undefined : this.first(dueField);
    if (due?.value) {
      initial.push({
        externalId: `${this.id} created due`,
        kind: 'promised',
        at: this.createdAt,
        seq: this.place(),
        dueAt: this.dueAt(due.value),
      });
    }
    this.events.push(created, ...initial);
  }

  /** Every later value, in the order of time. */
  tell(): void {
    this.changes.sort((a, b) => Date.parse(a.entry.timestamp) - Date.parse(b.entry.timestamp));
    for (const { property, entry } of this.changes) {
      const externalId = `${this.id} ${property} ${entry.timestamp} ${entry.value ?? ''}`;
      const place = { externalId, at: entry.timestamp, seq: this.place(), ...this.actor(entry) };
      if (property === this.config.dueField) this.events.push({ ...place, kind: 'promised', dueAt: this.dueAt(entry.value ?? null) });
      else this.events.push({ ...place, kind: 'changed', ...this.stateOf(property, entry.value ?? null) });
    }
  }

  /** E-mails are public, notes are for the team. */
  say(): void {
    for (const email of this.record.emails ?? []) this.sayEmail(email);
    for (const note of this.record.notes ?? []) {
      const body = textOfHtml(valueIn(note.properties, 'hs_note_body') ?? '').trim();
      this.push(note, 'note', { side: 'team', isPublic: false, ...this.author(note) }, body);
    }
  }

  private sayEmail(email: Engagement): void {
    const { properties } = email;
    const direction = valueIn(properties, 'hs_email_direction') ?? 'EMAIL';
    const status = valueIn(properties, 'hs_email_status');
    // What is not sent yet, or never was, is no word to anybody.
    if (direction === 'DRAFT_EMAIL' || (direction === 'EMAIL' && (status === 'FAILED' || status === 'SCHEDULED'))) return;
    const text = valueIn(properties, 'hs_email_text') ?? textOfHtml(valueIn(properties, 'hs_email_html') ?? '');
    const body = text.trim() || (valueIn(properties, 'hs_email_subject') ?? '');
    if (direction === 'INCOMING_EMAIL') this.push(email, 'email', { side: 'customer', isPublic: true, actor: { role: 'customer' } }, body);
    else if (direction === 'EMAIL') this.push(email, 'email', { side: 'team', isPublic: true, ...this.author(email) }, body);
    else if (direction === 'FORWARDED_EMAIL') this.push(email, 'email', { side: 'team', isPublic: false, ...this.author(email) }, body);
    else this.warnings.push(`unknown_kind:${direction}`);
  }

  private push(told: Engagement, what: string, words: Pick<EventRow, 'side' | 'isPublic' | 'actor'>, body: string): void {
    const at = valueIn(told.properties, 'hs_timestamp') ?? told.createdAt;
    const externalId = `${this.id} ${what} ${told.id}`;
    this.events.push({
      externalId,
      kind: 'said',
      at,
      seq: this.place(),
      ...words,
      isBot: false,
      ...(body === '' ? {} : { message: { body } }),
    });
  }

  /** The value that a property began with; the later ones are kept as changes. */
  private first(property: string): Past | undefined {
    const past = [...(this.record.object.propertiesWithHistory?.[property] ?? [])].reverse();
    past.sort((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp));
    const [oldest] = past;
    const isInitial = oldest !== undefined && Date.parse(oldest.timestamp) - Date.parse(this.createdAt) <= creationMs;
    if (!isInitial && this.isTruncated(property)) this.warnings.push('history_truncated');
    for (const entry of isInitial ? past.slice(1) : past) this.changes.push({ property, entry });
    return isInitial ? oldest : undefined;
  }

  private isTruncated(property: string): boolean {
    return (this.record.object.propertiesWithHistory?.[property] ?? []).length >= keptValues;
  }

  private stateOf(property: string, value: string | null): Pick<EventRow, 'status' | 'team' | 'person'> {
    const held = value === '' ? null : value;
    if (property === owner) return { person: held ?? nobody };
    if (property === team) return { team: held ?? nobody };
    return held === null ? {} : { status: this.record.names.stages[held] ?? `#${held}` };
  }

  private actor(entry: Past): Pick<EventRow, 'actor'> {
    const user = userIn(entry);
    if (user !== undefined) return { actor: { id: this.record.names.users[user] ?? `user ${user}`, role: 'agent' } };
    return automatic.test(entry.sourceType ?? '') ? { actor: { role: 'system' } } : {};
  }

  private author({ properties }: Engagement): Pick<EventRow, 'actor'> {
    const id = valueIn(properties, owner);
    return id === undefined ? {} : { actor: { id, role: 'agent' } };
  }

  /** Dates come as `2026-03-05`, times with their zone; in histories of old accounts either as milliseconds. */
  private dueAt(value: string | null): string | null {
    if (value === null || value === '') return null;
    if (!/^\d{11,14}$/.test(value)) return dueInstant(this.config, value);
    const at = new Date(Number(value)).toISOString();
    return at.endsWith('T00:00:00.000Z') ? dueInstant(this.config, at.slice(0, 10)) : at;
  }

  private place(): number {
    this.seq += 1;
    return this.seq - 1;
  }
}

import { ForbiddenException } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import type pg from 'pg';
import type { ChartNote, NoteKind } from '#dashboards/note.js';
import type { Dimension } from '#dashboards/metric-result.js';
import { isSeen, narrowed } from '../access/narrow.js';
import { concerns, onlyConcerned } from '../access/occurrence.js';
import type { Principal } from '../access/principal.js';
import type { Note, NoteForAsker } from '../api.js';
import { Missing, Refusal } from '../refusal.js';

/** What is told of a new note. `to`: the first day left out; default the day after `from`. */
export interface NewNote {
  from: string;
  to?: string | undefined;
  kind: NoteKind;
  text: string;
  /** Names by dimension that it is about; none for everything. */
  scope?: Note['scope'] | undefined;
}

type Scope = Partial<Record<Dimension, readonly string[]>>;

const columns = `id, to_char(from_on, 'YYYY-MM-DD') as "from", to_char(to_on, 'YYYY-MM-DD') as "to", kind, body as text, scope`;

type Limited = Pick<Principal, 'scope'>;

/** All notes, or those of a window of local days, oldest first. */
export async function readNotes(pool: pg.Pool, window?: { from: string; to: string }): Promise<Note[]> {
  const { rows } = await pool.query<Note>(
    `select ${columns}
    from app.note
    where ($1::date is null or to_on > $1) and ($2::date is null or from_on < $2)
    order by from_on, created_at, id`,
    [window?.from ?? null, window?.to ?? null],
  );
  return rows;
}

/** Of these notes those that concern what the asker may see; of what they are about only the names that occur in it. */
export async function notesSeen(pool: pg.Pool, notes: readonly Note[], asker: Limited): Promise<NoteForAsker[]> {
  if (asker.scope === null) return notes.map((note) => ({ ...note, isWithin: true }));
  const { filters } = narrowed({ filters: {} }, asker);
  const seen: NoteForAsker[] = [];
  for (const note of notes) {
    if (!(await concerns(pool, note.scope, filters))) continue;
    seen.push({ ...note, scope: await onlyConcerned(pool, note.scope, filters), isWithin: isSeen(note.scope, asker) });
  }
  return seen;
}

/** Throws `Missing` for a note there is not, or that concerns nothing the asker may see. */
export async function noteSeen(pool: pg.Pool, id: string, asker: Limited): Promise<NoteForAsker> {
  return onlyRow(await notesSeen(pool, [await readNote(pool, id)], asker), id);
}

/** Throws `Missing` as `noteSeen`, and a 403 where the note is also about what the asker may not see. */
export async function demandOwn(pool: pg.Pool, id: string, asker: Limited): Promise<void> {
  if (!(await noteSeen(pool, id, asker)).isWithin)
    throw new ForbiddenException('The note is also about what you may not see; ask an administrator.');
}

/**
 * Those that charts of a window draw: a note about other names than the filters leave, or about names that have nothing left, is left out.
 */
export async function notesOfWindow(pool: pg.Pool, window: { from: string; to: string }, filters: Scope): Promise<ChartNote[]> {
  const notes = await readNotes(pool, window);
  const drawn: ChartNote[] = [];
  for (const { scope, ...note } of notes) if (await concerns(pool, scope, filters)) drawn.push(note);
  return drawn;
}

export async function addNote(pool: pg.Pool, told: NewNote): Promise<Note> {
  const { from, kind, text, scope = {} } = told;
  const to = told.to ?? dayAfter(from);
  checkDays(from, to);
  const { rows } = await pool.query<Note>(
    `insert into app.note (from_on, to_on, kind, body, scope) values ($1, $2, $3, $4, $5) returning ${columns}`,
    [from, to, kind, text, JSON.stringify(scope)],
  );
  return onlyRow(rows, from);
}

/** Changes what is told and leaves the rest. Throws `Missing` for a note there is not. */
export async function changeNote(pool: pg.Pool, id: string, told: { [Part in keyof NewNote]?: NewNote[Part] | undefined }): Promise<Note> {
  const before = await readNote(pool, id);
  const { from, to, kind, text, scope } = { ...before, ...given(told) };
  checkDays(from, to);
  const { rows } = await pool.query<Note>(
    `update app.note set from_on = $2, to_on = $3, kind = $4, body = $5, scope = $6, changed_at = now()
    where id = $1 returning ${columns}`,
    [id, from, to, kind, text, JSON.stringify(scope)],
  );
  return onlyRow(rows, id);
}

/** Throws `Missing` for a note there is not. */
export async function removeNote(pool: pg.Pool, id: string): Promise<void> {
  const { rowCount } = await pool.query('delete from app.note where id = $1', [id]);
  if (rowCount === 0) throw missing(id);
}

async function readNote(pool: pg.Pool, id: string): Promise<Note> {
  const { rows } = await pool.query<Note>(`select ${columns} from app.note where id = $1`, [id]);
  return onlyRow(rows, id);
}

function given<Told extends object>(told: Told): { [Part in keyof Told]: Exclude<Told[Part], undefined> } {
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) as never;
}

function checkDays(from: string, to: string): void {
  if (from >= to) throw new Refusal(`The note from ${from} to ${to} covers no day; to is the first day left out.`);
}

function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}

function missing(id: string): Missing {
  return new Missing(`There is no note ${id}; throughline note list names them all.`);
}

function onlyRow<Told extends Note>(rows: readonly Told[], of: string): Told {
  const [note] = rows;
  if (!note) throw missing(of);
  return note;
}

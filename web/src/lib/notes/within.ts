import type { NoteForAsker } from '#server/api.js';
import { api } from '../api';

type Asked = Promise<ReadonlyMap<string, NoteForAsker>>;

/** All notes the asker sees, for all charts of the page. */
let asked: Asked | null = null;

/** Whether a note is about nothing beyond what its reader may see. Asked once for all, and again for one that was not there then. */
export async function isWithin(id: string): Promise<boolean> {
  const known = (asked ??= ask());
  const note = (await known).get(id);
  if (note) return note.isWithin;
  if (asked === known) asked = ask();
  return (await (asked ?? ask())).get(id)?.isWithin ?? false;
}

/** A note was changed. */
export function forgetNotes(): void {
  asked = null;
}

function ask(): Asked {
  const answer = api.notes().then((notes) => new Map(notes.map((note) => [note.id, note])));
  answer.catch(forgetNotes);
  return answer;
}

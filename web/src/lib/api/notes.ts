import type { Note, NoteForAsker } from '#server/api.js';

import { get, send } from './request';

export const notesApi = {
  notes: () => get<NoteForAsker[]>('/api/notes'),
  note: (id: string, signal?: AbortSignal) => get<NoteForAsker>(notePath(id), signal),
  addNote: (note: Omit<Note, 'id' | 'scope'> & Partial<Pick<Note, 'scope'>>) => send<Note>('POST', '/api/notes', note),
  changeNote: (id: string, change: Partial<Omit<Note, 'id'>>) => send<Note>('PATCH', notePath(id), change),
  removeNote: (id: string) => send<unknown>('DELETE', notePath(id), {}),
};

function notePath(id: string): string {
  return `/api/notes/${encodeURIComponent(id)}`;
}

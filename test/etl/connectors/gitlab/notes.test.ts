import { expect, test } from 'vitest';
import { readNote } from '#etl/connectors/gitlab/notes.js';

const nothing = { assigned: [], unassigned: [], isCleared: false, related: [] };

test.each([
  ['assigned to @mia', { ...nothing, assigned: ['mia'] }],
  ['unassigned @mia', { ...nothing, unassigned: ['mia'] }],
  ['assigned to @mia and unassigned @noah.n', { ...nothing, assigned: ['mia'], unassigned: ['noah.n'] }],
  ['assigned to @mia, @cara, and @noah', { ...nothing, assigned: ['mia', 'cara', 'noah'] }],
  ['removed assignee', { ...nothing, isCleared: true }],
  ['changed due date to September 20, 2018', { ...nothing, due: '2018-09-20' }],
  ['changed start date to March 1, 2026 and changed due date to March 9, 2026', { ...nothing, due: '2026-03-09' }],
  ['removed due date', { ...nothing, due: null }],
  ['changed due date to February 30, 2026', 'unread'],
  ['changed due date to 20 septembre 2018', 'unread'],
  ['assigned to nobody', 'unread'],
  ['changed title from **a** to **b**', nothing],
  ['changed title from **a** to **assigned to @mia by due date**', nothing],
  ['changed start date to March 1, 2026', nothing],
  ['assigned it to a friend', 'unread'],
  ['hat das due date geändert', 'unread'],
  ['marked this issue as related to #9', { ...nothing, related: ['#9'] }],
  ['a étiqueté le ticket', 'unknown'],
])('the note "%s" is read', (body, expected) => expect(readNote(body)).toEqual(expected));

import { Body, Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Patch, Post, Query, UseInterceptors } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { dimensions } from '#dashboards/metric-result.js';
import { noteKinds } from '#dashboards/note.js';
import { Asker } from '../access/asker.js';
import { keptFilters } from '../access/narrow.js';
import { Needs } from '../access/needs.js';
import type { Principal } from '../access/principal.js';
import type { Note, NoteForAsker } from '../api.js';
import { POOL } from '../database/database.module.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { addNote, changeNote, demandOwn, noteSeen, notesSeen, readNotes, removeNote } from './notes.js';

const NoteBody = z.strictObject({
  from: z.iso.date(),
  to: z.iso.date().optional(),
  kind: z.enum(noteKinds).default('other'),
  text: z.string().trim().min(1).max(200),
  scope: z.partialRecord(z.enum(dimensions), z.array(z.string()).min(1)).optional(),
});

const NoteChange = NoteBody.extend({ kind: z.enum(noteKinds) }).partial();

const NoteWindow = z.strictObject({ from: z.iso.date(), to: z.iso.date() }).partial();

@Controller('api/notes')
@UseInterceptors(RefusalsInterceptor)
export class NotesController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  @Needs('read')
  @Get()
  async list(
    @Query({ schema: NoteWindow }) { from = '0001-01-01', to = '9999-12-31' }: z.infer<typeof NoteWindow>,
    @Asker() asker: Principal,
  ): Promise<NoteForAsker[]> {
    return notesSeen(this.pool, await readNotes(this.pool, { from, to }), asker);
  }

  @Needs('read')
  @Get(':id')
  one(@Param('id', ParseUUIDPipe) id: string, @Asker() asker: Principal): Promise<NoteForAsker> {
    return noteSeen(this.pool, id, asker);
  }

  @Needs('steer')
  @Post()
  add(@Body({ schema: NoteBody }) note: z.infer<typeof NoteBody>, @Asker() asker: Principal): Promise<Note> {
    return addNote(this.pool, { ...note, scope: keptFilters(note.scope ?? {}, asker) });
  }

  @Needs('steer')
  @Patch(':id')
  async change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: NoteChange }) change: z.infer<typeof NoteChange>,
    @Asker() asker: Principal,
  ): Promise<Note> {
    await demandOwn(this.pool, id, asker);
    return changeNote(this.pool, id, { ...change, ...(change.scope && { scope: keptFilters(change.scope, asker) }) });
  }

  @Needs('steer')
  @Delete(':id')
  @HttpCode(204)
  async remove(@Param('id', ParseUUIDPipe) id: string, @Asker() asker: Principal): Promise<void> {
    await demandOwn(this.pool, id, asker);
    await removeNote(this.pool, id);
  }
}

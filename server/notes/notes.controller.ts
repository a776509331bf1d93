import { Body, Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Patch, Post, Query, UseInterceptors } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { dimensions } from '#dashboards/metric-result.js';
import { noteKinds } from '#dashboards/note.js';
import { Needs } from '../access/needs.js';
import type { Note } from '../api.js';
import { RefusalsInterceptor } from '../dashboards/refusals.interceptor.js';
import { POOL } from '../database/database.module.js';
import { addNote, changeNote, readNote, readNotes, removeNote } from './notes.js';

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
  list(@Query({ schema: NoteWindow }) { from = '0001-01-01', to = '9999-12-31' }: z.infer<typeof NoteWindow>): Promise<Note[]> {
    return readNotes(this.pool, { from, to });
  }

  @Needs('read')
  @Get(':id')
  one(@Param('id', ParseUUIDPipe) id: string): Promise<Note> {
    return readNote(this.pool, id);
  }

  @Needs('steer')
  @Post()
  add(@Body({ schema: NoteBody }) note: z.infer<typeof NoteBody>): Promise<Note> {
    return addNote(this.pool, note);
  }

  @Needs('steer')
  @Patch(':id')
  change(@Param('id', ParseUUIDPipe) id: string, @Body({ schema: NoteChange }) change: z.infer<typeof NoteChange>): Promise<Note> {
    return changeNote(this.pool, id, change);
  }

  @Needs('steer')
  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return removeNote(this.pool, id);
  }
}

import { Body, Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Patch, Post, UseInterceptors } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { Asker } from '../access/asker.js';
import { Needs } from '../access/needs.js';
import { ownedBy, ownerOf } from '../access/own.js';
import type { Principal } from '../access/principal.js';
import type { SavedView } from '../api.js';
import { POOL } from '../database/database.module.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { changeView, readSeenViews, readView, removeView, saveView } from './views.js';

const name = z.string().trim().min(1, 'is empty; a view needs a name.').max(120, 'is longer than 120 characters.');
const query = z.string().max(8_000, 'is longer than an address can be.');
const NewView = z.strictObject({
  name,
  owner: z.string().trim().min(1, 'is empty; say whose view it is.').max(120, 'is longer than 120 characters.'),
  path: z
    .string()
    .regex(/^(\/[a-z0-9-]+)+$|^\/$/, 'is not a page of Throughline, such as /boards/delay.')
    .max(200),
  query,
  isDefault: z.boolean().default(false),
});
const ViewChange = z
  .strictObject({ name: name.optional(), query: query.optional(), isDefault: z.boolean().optional() })
  .refine((change) => Object.keys(change).length > 0, 'Nothing to change; give name, query or isDefault.');

@Controller('api/views')
@UseInterceptors(RefusalsInterceptor)
export class ViewsController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  @Needs('read')
  @Get()
  list(@Asker() asker: Principal): Promise<SavedView[]> {
    return readSeenViews(this.pool, asker);
  }

  @Needs('keep')
  @Post()
  save(@Body({ schema: NewView }) view: z.infer<typeof NewView>, @Asker() asker: Principal): Promise<SavedView> {
    return saveView(this.pool, { ...view, owner: ownerOf(asker, view.owner) });
  }

  @Needs('keep')
  @Patch(':id')
  async change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: ViewChange }) change: z.infer<typeof ViewChange>,
    @Asker() asker: Principal,
  ): Promise<SavedView> {
    await readView(this.pool, id, asker);
    return changeView(this.pool, id, ownedBy(asker), change);
  }

  @Needs('keep')
  @Delete(':id')
  @HttpCode(204)
  async remove(@Param('id', ParseUUIDPipe) id: string, @Asker() asker: Principal): Promise<void> {
    await readView(this.pool, id, asker);
    return removeView(this.pool, id, ownedBy(asker));
  }
}

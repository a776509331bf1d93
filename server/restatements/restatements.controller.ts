import { Controller, Get, Inject, Query } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { Asker } from '../access/asker.js';
import { Needs } from '../access/needs.js';
import type { Principal } from '../access/principal.js';
import type { Restatement } from '../api.js';
import { POOL } from '../database/database.module.js';
import { wholeNumber } from '../http/whole-number.js';
import { readRestatements } from './publish.js';

const ListQuery = z.strictObject({ limit: wholeNumber(1, 1_000).default(200) });

/** They are of everything, so there are none for who may see a part. */
@Controller('api/restatements')
export class RestatementsController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  @Needs('read')
  @Get()
  async restatements(
    @Query({ schema: ListQuery }) { limit }: z.infer<typeof ListQuery>,
    @Asker() { scope }: Principal,
  ): Promise<Restatement[]> {
    return scope === null ? readRestatements(this.pool, limit) : [];
  }
}

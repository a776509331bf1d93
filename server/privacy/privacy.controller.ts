import { Body, Controller, Get, HttpCode, Inject, Ip, Patch, Post, UseInterceptors } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { Asker } from '../access/asker.js';
import { Needs } from '../access/needs.js';
import type { Principal } from '../access/principal.js';
import type { ErasedPerson, ErasedResponse, FoundPerson, HeldPerson } from '../api.js';
import { recordAudit } from '../audit/audit.js';
import { POOL } from '../database/database.module.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { readErased, setBackupDays } from './erased.js';
import { ErasureDesk } from './erasure-desk.js';
import { readHeld } from './held.js';
import { mostDays } from './retention.js';
import { searchPeople } from './search-people.js';

const Search = z.strictObject({ search: z.string().trim().min(2).max(320) });

const Whom = z.strictObject({
  who: z.string().trim().min(2).max(200),
  addresses: z.array(z.string().trim().min(3).max(320)).max(20).default([]),
});

const Backups = z.strictObject({ keepDays: z.number().int().min(1).max(mostDays).nullable() });

/**
 * Erases people. Who is looked for is told in bodies, never in addresses, which are kept in logs; what is done is recorded under the
 * pseudonym, never under the name.
 */
@Needs('manage')
@Controller('api/privacy')
@UseInterceptors(RefusalsInterceptor)
export class PrivacyController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly desk: ErasureDesk,
  ) {}

  @Post('people')
  @HttpCode(200)
  search(@Body({ schema: Search }) { search }: z.infer<typeof Search>): Promise<FoundPerson[]> {
    return searchPeople(this.pool, search);
  }

  @Post('person/held')
  @HttpCode(200)
  held(@Body({ schema: Whom }) whom: z.infer<typeof Whom>): Promise<HeldPerson> {
    return readHeld(this.pool, whom);
  }

  @Post('person/erase')
  @HttpCode(200)
  async erase(@Body({ schema: Whom }) whom: z.infer<typeof Whom>, @Asker() asker: Principal, @Ip() address: string): Promise<ErasedPerson> {
    const erased = await this.desk.erase(whom);
    const { pseudonym, parties, messages, changed, reportsRemoved } = erased;
    const detail = { parties, messages, changed, reportsRemoved };
    await recordAudit(this.pool, { asker, action: 'person.erase', object: pseudonym, detail, address });
    return erased;
  }

  @Get('erased')
  async erased(): Promise<ErasedResponse> {
    return { ...(await readErased(this.pool)), step: this.desk.step };
  }

  @Patch('backups')
  async backups(
    @Body({ schema: Backups }) { keepDays }: z.infer<typeof Backups>,
    @Asker() asker: Principal,
    @Ip() address: string,
  ): Promise<ErasedResponse> {
    await setBackupDays(this.pool, keepDays);
    await recordAudit(this.pool, { asker, action: 'setting.change', object: 'backups', detail: { keepDays }, address });
    return this.erased();
  }
}

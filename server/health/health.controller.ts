import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import type pg from 'pg';
import { OpenToAll } from '../access/needs.js';
import { POOL } from '../database/database.module.js';

interface Readiness {
  status: 'ready';
  factsVersion: number;
}

/** For whoever watches over the program: is it alive, and can it answer. */
@Controller()
export class HealthController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  @OpenToAll()
  @Get('livez')
  alive(): { status: 'alive' } {
    return { status: 'alive' };
  }

  @OpenToAll()
  @Get('readyz')
  async ready(): Promise<Readiness> {
    try {
      const state = await this.pool.query<{ version: number }>('select version::float8 as version from facts.state');
      return { status: 'ready', factsVersion: state.rows[0]?.version ?? 0 };
    } catch (error) {
      const reason = error instanceof Error && error.message !== '' ? error.message : String(error);
      throw new ServiceUnavailableException(`The database does not answer: ${reason}`, { cause: error });
    }
  }
}

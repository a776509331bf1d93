import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import type { ErasedPerson, ErasureStep } from '../api.js';
import { Conflict } from '../dashboards/refusal.js';
import { POOL } from '../database/database.module.js';
import { erasePerson } from './erase-person.js';
import type { Whom } from './erasing.js';

/** Erases one person at a time, and says how far it is. */
@Injectable()
export class ErasureDesk {
  step: ErasureStep | null = null;

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** Throws as `erasePerson`, and a `Conflict` while another one is being erased. */
  async erase(whom: Whom): Promise<ErasedPerson> {
    if (this.step !== null) throw new Conflict('Somebody is being erased already; wait for it to end, and try again.');
    this.step = 'raw';
    try {
      return await erasePerson(this.pool, whom, (step) => (this.step = step));
    } finally {
      this.step = null;
    }
  }
}

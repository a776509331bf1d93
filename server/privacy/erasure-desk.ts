import { Inject, Injectable } from '@nestjs/common';
import type { ErasedPerson, ErasureStep } from '../api.js';
import { DATABASE } from '../database/database-keeper.js';
import type { Database } from '../database/open.js';
import { administer } from '../database/pool.js';
import { Conflict } from '../refusal.js';
import { erasePerson } from './erase-person.js';
import type { Whom } from './erasing.js';

/** Erases one person at a time, and says how far it is. */
@Injectable()
export class ErasureDesk {
  step: ErasureStep | null = null;

  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Throws as `erasePerson`, and a `Conflict` while another one is being erased. */
  async erase(whom: Whom): Promise<ErasedPerson> {
    if (this.step !== null) throw new Conflict('Somebody is being erased already; wait for it to end, and try again.');
    this.step = 'raw';
    try {
      return await administer(this.database.url, (pool) => erasePerson(pool, whom, (step) => (this.step = step)));
    } finally {
      this.step = null;
    }
  }
}

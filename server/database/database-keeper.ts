import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { reasonOf } from '#etl/error-code.js';
import { log } from '../console.js';
import type { Database } from './open.js';

/** Nest token of the open `Database`. */
export const DATABASE = Symbol('database');

/** Starts an embedded database again that has died. */
@Injectable()
export class DatabaseKeeper {
  private isReviving = false;

  constructor(@Inject(DATABASE) private readonly database: Database) {}

  @Interval('database', 2_000)
  async look(): Promise<void> {
    if (this.isReviving) return;
    this.isReviving = true;
    try {
      if (await this.database.revive()) log('the embedded database had ended and was started again');
    } catch (error) {
      log(`the embedded database has ended and does not start: ${reasonOf(error)}`);
    } finally {
      this.isReviving = false;
    }
  }
}

import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import type { z } from 'zod';
import { withReasonsIn } from '#dashboards/i18n/reasons/reason-in.js';
import { dimensions } from '#dashboards/metric-result.js';
import { narrowed } from '../access/narrow.js';
import type { Owner } from '../access/own.js';
import type { Scope } from '../access/principal.js';
import type { HandledResponse, WatchCustomersResponse, WatchItem, WatchMark, WatchReason, WatchResponse } from '../api.js';
import { AnswerCache } from '../answer-cache.js';
import { askedWindow } from '../dashboards/asked.js';
import { POOL } from '../database/database.module.js';
import type { ViewFormat } from '../exports/formats.js';
import { rowFile } from '../exports/row-file.js';
import { defaultWindow } from '../metrics/data-span.js';
import type { MetricEngine } from '../metrics/engine.js';
import { METRIC_ENGINE } from '../metrics/metrics.module.js';
import { Missing, Refusal } from '../refusal.js';
import { exposures } from './customers.js';
import { readHandled } from './handled.js';
import { watchColumns } from './watch-file.js';
import { judged, markHandled, readMarks, undoHandled } from './marks.js';
import { isUntold, matches, watchList, type Watched, type WatchList } from './watch-list.js';
import { inOrder } from './watch-order.js';
import { watchReasons, type HandledQuery, type WatchQuestion } from './watch-question.js';
import { watchRows } from './watch-rows.js';

/** Items shown of each customer; the list has them all. */
const worstOfCustomer = 3;

/** Open items that are late, silent or likely to be late, and what people did about them. */
@Injectable()
export class WatchService {
  /** Only the version that is asked now is worth keeping. */
  private readonly cache = new AnswerCache(1);

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(METRIC_ENGINE) private readonly engine: MetricEngine,
  ) {}

  async list(question: WatchQuestion): Promise<WatchResponse> {
    const { list, open, shown, handled, markOf } = await this.prepare(question);
    const { reason, sort, offset, limit } = question;
    const wanted = reason === null ? shown : shown.filter(({ reasons }) => reasons.includes(reason));
    const page = wanted.toSorted(inOrder(sort)).slice(offset, offset + limit);
    return {
      asOf: list.asOf,
      zone: (await defaultWindow(this.pool)).zone,
      open,
      total: wanted.length,
      counts: Object.fromEntries(watchReasons.map((one) => [one, shown.filter(({ reasons }) => reasons.includes(one)).length])) as Record<
        WatchReason,
        number
      >,
      untold: list.canTell ? shown.filter(isUntold).length : null,
      handled,
      items: await watchRows(this.pool, page, markOf),
      absent: withReasonsIn(question.locale ?? 'en', list).absent,
      unknownParameters: question.unknownParameters,
    };
  }

  /** All of the list as a file, in its order. Throws a `Refusal` for a parameter nobody knows. */
  async download(question: WatchQuestion, format: ViewFormat, isRaw = false): Promise<Readable> {
    const [unknown] = question.unknownParameters;
    if (unknown !== undefined) {
      throw new Refusal(`Unknown parameter "${unknown}"; known are reason, sort, handled, format, raw and ${dimensions.join(', ')}.`);
    }
    const { items, asOf } = await this.list(question);
    return rowFile<WatchItem>(format, watchColumns, [items], { about: asOf === null ? {} : { asOf }, isRaw });
  }

  async customers(question: WatchQuestion): Promise<WatchCustomersResponse> {
    const { list, shown, markOf } = await this.prepare(question);
    const { reason, offset, limit } = question;
    const all = exposures(reason === null ? shown : shown.filter(({ reasons }) => reasons.includes(reason)));
    const customers = await Promise.all(
      all.slice(offset, offset + limit).map(async ({ items, ...exposure }) => ({
        ...exposure,
        items: items.length,
        worst: await watchRows(this.pool, items.slice(0, worstOfCustomer), markOf),
      })),
    );
    return { asOf: list.asOf, total: all.length, customers };
  }

  /** Throws a `Refusal` for a window without days, and for a parameter nobody knows. */
  async handled({ unknownParameters: [unknown], filters, ...asked }: z.infer<typeof HandledQuery>): Promise<HandledResponse> {
    if (unknown !== undefined) throw new Refusal(`Unknown parameter "${unknown}"; known are from, to and ${dimensions.join(', ')}.`);
    return readHandled(this.pool, askedWindow(asked, await defaultWindow(this.pool)), filters);
  }

  /** Throws a `Conflict` where somebody has handled it already, `Missing` where it is not open. */
  async handle(itemId: string, told: { note: string; by: Owner }, scope: Scope | null = null): Promise<WatchItem> {
    const item = await this.find(itemId, scope);
    await markHandled(this.pool, item, told);
    return this.row(item);
  }

  async undo(itemId: string, scope: Scope | null = null): Promise<WatchItem> {
    const item = await this.find(itemId, scope);
    await undoHandled(this.pool, itemId);
    return this.row(item);
  }

  private async find(itemId: string, scope: Scope | null): Promise<Watched> {
    const { filters } = narrowed({ filters: {} }, { scope });
    const item = (await this.read()).items.find((one) => one.itemId === itemId && matches(one, filters));
    if (!item) throw new Missing(`Item ${itemId} is not open, or there is none; throughline watch lists the open ones.`);
    return item;
  }

  private async row(item: Watched): Promise<WatchItem> {
    const mark = (await readMarks(this.pool)).get(item.itemId);
    const [row] = await watchRows(this.pool, [item], () => (mark ? judged(mark, item) : null));
    if (!row) throw new Missing(`There is no item ${item.itemId}; it may have been removed with its connection.`);
    return row;
  }

  private async prepare({ filters, handled }: WatchQuestion) {
    const [list, marks] = await Promise.all([this.read(), readMarks(this.pool)]);
    const markOf = (item: Watched): WatchMark | null => {
      const mark = marks.get(item.itemId);
      return mark ? judged(mark, item) : null;
    };
    const isHandled = (item: Watched) => markOf(item)?.isHandled ?? false;
    const matching = list.items.filter((item) => matches(item, filters));
    const watched = matching.filter(({ reasons }) => reasons.length > 0);
    return {
      list,
      markOf,
      open: matching.length,
      handled: watched.filter(isHandled).length,
      shown: handled === 'shown' ? watched : watched.filter((item) => isHandled(item) === (handled === 'only')),
    };
  }

  private async read(): Promise<WatchList> {
    const version = await this.engine.version();
    return this.cache.get(version, () => watchList(this.engine));
  }
}

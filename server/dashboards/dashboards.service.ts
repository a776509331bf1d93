import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import type { Board, ChartDefinition } from '#dashboards/dashboard.js';
import { keyOf, translator, type Locale } from '#dashboards/i18n/messages.js';
import { dimensions, type MetricInfo, type MetricResult } from '#dashboards/metric-result.js';
import type { Principal, Scope } from '../access/principal.js';
import type {
  BoardLine,
  BoardResponse,
  ChartResponse,
  DriversResponse,
  HeadlinesResponse,
  ItemResponse,
  ItemsResponse,
  NamesResponse,
  SqlResponse,
  StateResponse,
  WhyResponse,
} from '../api.js';
import { AnswerCache } from '../answer-cache.js';
import { POOL } from '../database/database.module.js';
import { hasBusinessClock } from '../metrics/clocks.js';
import { readDataSpan } from '../metrics/data-span.js';
import { findMetric, metrics } from '../metrics/definitions/index.js';
import { metricDrivers, type DriversRequest } from '../metrics/drivers/drivers.js';
import { whileWanted, type MetricEngine } from '../metrics/engine.js';
import type { ItemOrder } from '../metrics/item-order.js';
import { metricItems } from '../metrics/items.js';
import { metricInfo, type Metric } from '../metrics/metric.js';
import { withholdMixed } from '../metrics/mixed-types.js';
import { METRIC_ENGINE } from '../metrics/metrics.module.js';
import type { DataSpan, Window } from '../metrics/periods.js';
import { prepareFilters, type PreparedPart } from '../metrics/prepare-filters.js';
import { openPostgresEngine } from '../metrics/postgres-engine.js';
import { neverRolledUp, type ItemsRequest, type MetricRequest } from '../metrics/request.js';
import type { UnitsRequest } from '../metrics/units.js';
import { metricStatements } from '../metrics/statements.js';
import { Missing, Refusal } from '../refusal.js';
import { askedOfSpan, comparedChart, comparedWindow, metricRequest } from './asked.js';
import { askEngine } from './ask-engine.js';
import { boardLines } from './board-lines.js';
import { answerChart, answerHeadline, findBoard, latest, wholeBoard, type Ask } from './boards.js';
import type { DriversQuestion } from './drivers-question.js';
import type { DownloadQuestion } from './file-question.js';
import { itemStream } from './item-download.js';
import { itemOrder } from './item-order.js';
import { readItems, readItemStory } from './item-story.js';
import type { ItemsQuestion } from './items-question.js';
import { BOARDS } from './known-boards.js';
import { knownParameters, type Question } from './question.js';
import { findNames, readNames } from './names.js';
import { readState } from './state.js';
import { findChart } from './charts.js';
import { answerWhy, type WhySources } from './why.js';

/** Some 300 boards with all their charts; a chart is a few kilobytes. */
const rememberedAnswers = 5_000;

/** As many as a screen has room for. */
const mostInSight = 6;

/** Readers try one of so many names after the other; more are looked for. */
const mostFilterNames = 30;

/** Answers the page. What depends on the facts alone is remembered per version of the facts. */
@Injectable()
export class DashboardsService {
  private readonly cache = new AnswerCache(rememberedAnswers);

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(METRIC_ENGINE) private readonly engine: MetricEngine,
    @Inject(BOARDS) private readonly boards: readonly Board[],
  ) {}

  async state(asker: Principal, hasShareLinks = false): Promise<StateResponse> {
    const version = await this.engine.version();
    const names = await this.knownNames(version, asker.scope);
    return readState(this.pool, this.boards, names, await this.span(version), asker, hasShareLinks);
  }

  /** Those that occur in what the asker may see. */
  async names(dimension: string, wanted: string, { scope }: Pick<Principal, 'scope'>): Promise<NamesResponse> {
    const known = dimensions.find((one) => one === dimension);
    if (!known) throw new Missing(`There is no dimension "${dimension}"; known: ${dimensions.join(', ')}.`);
    const names = await this.knownNames(await this.engine.version(), scope);
    return findNames(names[known], wanted);
  }

  async board(id: string, question: Question): Promise<BoardResponse> {
    const board = findBoard(this.boards, id);
    const prepared = await this.prepare(question);
    const charts = await Promise.all(board.charts.map((chart) => this.chart(board, chart, question, prepared)));
    return wholeBoard(board, question, prepared.window, charts);
  }

  /**
   * The same a chart at a time, of some charts alone where they are named; what is remembered comes
   * at once. Who leaves has the rest broken off.
   */
  async *boardLines(id: string, question: Question, charts: readonly string[], left: AbortSignal): AsyncGenerator<BoardLine, void> {
    const board = findBoard(this.boards, id);
    const prepared = await this.prepare(question, left);
    const { window } = prepared;
    yield* boardLines(board, { question, window, charts }, (chart) => this.chart(board, chart, question, prepared));
  }

  /** Has what each name of a filter adds to the first charts of the boards counted before anybody filters. */
  async prepareFilters(question: Question, part: PreparedPart, isWanted: () => Promise<boolean>): Promise<void> {
    const { window, version } = await this.prepare(question);
    const charts = this.boards.flatMap((board) => board.charts.slice(0, mostInSight)).map((chart) => comparedChart(chart, question));
    const requests = charts.flatMap(({ queries }) => queries.map((query) => metricRequest(query, question, window)));
    const names = await this.knownNames(version, null);
    for (const dimension of dimensions) {
      const { length } = names[dimension];
      if (length < 2 || length > mostFilterNames) continue;
      if (!(await isWanted())) return;
      await prepareFilters(this.engine, requests, dimension, part);
    }
  }

  async headlines(question: Question): Promise<HeadlinesResponse> {
    const { ask, window, key } = await this.prepare(question);
    return this.cache.get(['headlines', key], async () => {
      const headlines = await Promise.all(this.boards.map((board) => answerHeadline(ask, board, question, window)));
      const { from, to } = window;
      return {
        asOf: latest(headlines.map((headline) => headline.asOf)),
        from,
        to,
        headlines,
        unknownParameters: question.unknownParameters,
      };
    });
  }

  metrics(): MetricInfo[] {
    return metrics.map(metricInfo);
  }

  async metric(id: string, question: Question): Promise<MetricResult> {
    refuseUnknown(question);
    if (question.clock === 'business' && !hasBusinessClock(id))
      throw new Refusal(`"${id}" has no business clock; leave out "clock". GET /api/metrics names the clocks of each metric.`);
    const { ask, window } = await this.prepare(question);
    const { result } = await ask(
      metricRequest({ role: 'drawn', metric: id, window: 'asked', grain: 'asked', by: 'asked' }, question, window),
    );
    return withholdMixed(result);
  }

  /** What an analyst runs in Postgres to get the same rows; from there, so that nothing of the columnar copy is in it. */
  async sql(id: string, question: Question): Promise<SqlResponse> {
    refuseUnknown(question);
    const { window } = await this.prepare(question);
    const request = metricRequest({ role: 'drawn', metric: id, window: 'asked', grain: 'asked', by: 'asked' }, question, window);
    const statements = await metricStatements(openPostgresEngine(this.pool), request);
    return { metric: id, statements: statements.map(({ rows: _rows, ...statement }) => statement) };
  }

  async drivers(id: string, question: DriversQuestion): Promise<DriversResponse> {
    refuseUnknown(question, ', against, value');
    const version = await this.engine.version();
    const window = askedOfSpan(question, await this.span(version));
    const { from, to } = question.against ?? comparedWindow(window, question);
    const request: DriversRequest = {
      metric: id,
      ...window,
      against: { from, to },
      by: question.by,
      filters: question.filters,
      ...(question.value !== null && { value: question.value }),
      ...(question.clock === 'business' && hasBusinessClock(id) && { clock: question.clock }),
    };
    return this.rememberedDrivers(request);
  }

  /** Why the headline of a chart changed. */
  async why(id: string, asked: DriversQuestion): Promise<WhyResponse> {
    refuseUnknown(asked, ', against');
    const chart = findChart(this.boards, id);
    const { ask, window, key } = await this.prepare({ ...asked, by: null });
    const sources: WhySources = {
      ask,
      drivers: (request) => this.rememberedDrivers(request),
      items: (request) => this.listed(request, asked.locale),
    };
    return this.cache.get(['why', id, key, asked], () => answerWhy(sources, chart, asked, window));
  }

  async items(id: string, question: ItemsQuestion): Promise<ItemsResponse> {
    const { offset, limit, locale } = question;
    const mark = await this.markOf(id, question);
    return this.listed({ ...mark, offset, limit }, locale, itemOrder(this.engine, this.pool, question));
  }

  /** All items of a mark as a file, made as it is taken. */
  async download(id: string, question: DownloadQuestion): Promise<Readable> {
    const mark = await this.markOf(id, question);
    const order = itemOrder(this.engine, this.pool, question);
    // What cannot be answered is refused before the first byte.
    await metricItems(this.engine, { ...mark, limit: 1 }, order);
    return itemStream(this.engine, this.pool, mark, order, {
      format: question.format,
      chosen: question.columns,
      isRaw: question.isRaw,
    });
  }

  async item(id: string, asker: Pick<Principal, 'scope' | 'seesNames'>): Promise<ItemResponse> {
    return readItemStory(this.pool, id, asker);
  }

  /** What answers a question, with a memory; its window, the version of the facts, and all that an answer to it depends on. */
  async prepare(
    question: Question,
    left?: AbortSignal,
  ): Promise<{ ask: Ask; drivers: WhySources['drivers']; window: Window; version: number; key: unknown }> {
    const version = await this.engine.version();
    const window = askedOfSpan(question, await this.span(version));
    const answer = askEngine(left ? whileWanted(this.engine, left) : this.engine, this.pool);
    const [notes, targets] = await Promise.all([answer.notes(question, window), answer.targets(question)]);
    const metric = (request: MetricRequest) => this.cache.get(['metric', version, request], () => answer(request));
    const ask: Ask = Object.assign(metric, {
      units: (request: UnitsRequest) => this.cache.get(['units', version, request], () => answer.units(request)),
      notes: async () => notes,
      targets: async () => targets,
    });
    return {
      ask,
      drivers: (request) => this.rememberedDrivers(request),
      window,
      version,
      key: [version, window, question, notes, targets],
    };
  }

  /** Composed once for each question. */
  private chart(
    board: Board,
    chart: ChartDefinition,
    question: Question,
    { ask, window, key }: Pick<Awaited<ReturnType<typeof this.prepare>>, 'ask' | 'window' | 'key'>,
  ): Promise<ChartResponse> {
    return this.cache.get(['chart', board.id, chart.id, key], () => answerChart(ask, chart, question, window));
  }

  private async rememberedDrivers(request: DriversRequest): Promise<DriversResponse> {
    return this.cache.get(['drivers', await this.engine.version(), request], () => metricDrivers(this.engine, request));
  }

  private async markOf(id: string, question: ItemsQuestion): Promise<ItemsRequest> {
    refuseUnknown(question, ', bucket, segment, part, sort, order, offset, limit');
    const { window } = await this.prepare(question);
    const { by, bucket, segment, part } = question;
    return {
      ...metricRequest({ role: 'drawn', metric: id, window: 'asked', grain: 'asked', by: 'asked' }, question, window),
      bucket,
      ...(by !== null || segment !== null ? { segment } : {}),
      part: part ?? 'all',
    };
  }

  private async listed(mark: ItemsRequest, locale: Locale, order?: ItemOrder): Promise<ItemsResponse> {
    const { total, units } = await metricItems(this.engine, mark, order);
    const metric = findMetric(mark.metric);
    return {
      name: translator(locale)(keyOf(`metric.${metric.id}.name`)),
      counts: metric.counts,
      adds: contributionUnit(metric),
      total,
      items: await readItems(this.pool, units),
    };
  }

  private knownNames(version: number, scope: Scope | null): ReturnType<typeof readNames> {
    return this.cache.get(['names', version, scope], () => readNames(this.engine, scope));
  }

  private span(version: number): Promise<DataSpan> {
    return this.cache.get(['span', version], () => readDataSpan(this.pool));
  }
}

/** Lists of durations and of time shares add seconds, counts add a number, rates say whether the unit is one of the numerator. */
function contributionUnit(metric: Metric): ItemsResponse['adds'] {
  if (metric.unit === 'n') return 'n';
  return metric.unit === 's' || metric.unit === 'x' || metric.treatment === 'TW' || metric.units?.wait === 's' ? 's' : 'yes-no';
}

const namesOfRollingUp = ['aggregate', 'agg', 'average', 'avg', 'mean', 'rollup'];

function refuseUnknown({ unknownParameters: [name] }: Pick<Question, 'unknownParameters'>, others = ''): void {
  if (name === undefined) return;
  const remark = namesOfRollingUp.includes(name) ? ` ${neverRolledUp}` : '';
  throw new Refusal(`Unknown parameter "${name}"; known are ${knownParameters}${others}.${remark}`);
}

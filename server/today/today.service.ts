import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import type { Board } from '#dashboards/dashboard.js';
import { formatter } from '#dashboards/format.js';
import { translator } from '#dashboards/i18n/messages.js';
import type { Calendar } from '#dashboards/metric-result.js';
import { pastSentences } from '#dashboards/sentences/past.js';
import { periodSentences } from '#dashboards/sentences/period.js';
import type { Movement, Tongue } from '#dashboards/sentences/sentence.js';
import { verdict } from '#dashboards/sentences/verdict.js';
import { lastWeek, weekSentences } from '#dashboards/sentences/week.js';
import { boardTitle } from '#dashboards/titles.js';
import type { Restatement, TodayResponse } from '../api.js';
import { AnswerCache } from '../answer-cache.js';
import { AnswerWarmer } from '../dashboards/answer-warmer.js';
import { calendarAsked } from '../dashboards/asked.js';
import { answerChart, latest } from '../dashboards/boards.js';
import { DashboardsService } from '../dashboards/dashboards.service.js';
import { BOARDS } from '../dashboards/known-boards.js';
import type { Question } from '../dashboards/question.js';
import { POOL } from '../database/database.module.js';
import { shiftDay } from '../metrics/calendar.js';
import { readRestatements } from '../restatements/publish.js';
import { WatchService } from '../watch/watch.service.js';
import { leadingBoards, readMovements } from './movements.js';

/** Some 200 questions; one is some tens of kilobytes. */
const rememberedAnswers = 200;
/** Items of the watch list on the first page; the list has them all. */
const firstWatched = 10;
/** Past weeks looked through for what was told otherwise. */
const latestRestatements = 200;

/** What the first page says: what changed, the leading numbers, and whom to call. What depends on the facts alone is remembered. */
@Injectable()
export class TodayService {
  private readonly cache = new AnswerCache(rememberedAnswers);
  /** Of those who have asked: the periods of another calendar are other questions, so they are prepared where somebody reads them. */
  private readonly calendars = new Set<Calendar>(['gregorian']);

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly dashboards: DashboardsService,
    private readonly watch: WatchService,
    @Inject(BOARDS) private readonly boards: readonly Board[],
    warmer: AnswerWarmer,
  ) {
    warmer.alsoPrepare((opening) => Promise.all([...this.calendars].map((calendar) => this.today({ ...opening, calendar }))));
  }

  async today(question: Question): Promise<TodayResponse> {
    const { locale, filters } = question;
    this.calendars.add(calendarAsked(question));
    const tongue: Tongue = { say: translator(locale, question), format: formatter(locale, question) };
    const [{ movements, answers, window }, watch, restated] = await Promise.all([
      this.numbers(question),
      this.watch.list({ filters, reason: null, sort: 'urgency', handled: 'hidden', offset: 0, limit: firstWatched, unknownParameters: [] }),
      // They are of everything, and would be wrong of a part.
      Object.keys(filters).length > 0 ? [] : readRestatements(this.pool, latestRestatements),
    ]);
    const weekFrom = lastWeek(movements);
    const sentences = [
      ...weekSentences(movements, tongue),
      ...periodSentences(movements, tongue),
      ...pastSentences(sinceWeek(restated, weekFrom), movements, tongue),
    ];
    return {
      asOf: latest([watch.asOf, ...answers.map(({ chart }) => chart.result.asOf)]),
      from: window.from,
      to: window.to,
      zone: window.zone,
      week: weekFrom === null ? null : { from: weekFrom, to: shiftDay(weekFrom, 1, 'week', calendarAsked(question)) },
      verdict: verdict(sentences, { ...watch, isFiltered: Object.keys(filters).length > 0 }, tongue),
      sentences,
      answers,
      watch,
      unknownParameters: question.unknownParameters,
    };
  }

  private async numbers(question: Question): Promise<Pick<TodayResponse, 'answers'> & { movements: Movement[]; window: Window }> {
    const { ask, drivers, window, key } = await this.dashboards.prepare(question);
    return this.cache.get(['numbers', key], async () => {
      const leading = this.boards.filter(({ id }) => leadingBoards.includes(id));
      const [movements, answers] = await Promise.all([
        readMovements({ ask, drivers, question, window }, this.boards),
        Promise.all(
          leading.flatMap((board) =>
            board.charts.slice(0, 1).map(async (chart) => ({
              board: board.id,
              title: boardTitle(board, question.locale),
              chart: await answerChart(ask, chart, question, window),
            })),
          ),
        ),
      ]);
      return { movements, answers, window };
    });
  }
}

type Window = Pick<TodayResponse, 'from' | 'to' | 'zone'>;

/** What was told otherwise since the data reached beyond the last complete week began. */
function sinceWeek(restated: readonly Restatement[], weekFrom: string | null): Restatement[] {
  return restated.filter(({ after }) => weekFrom !== null && after.asOf !== null && after.asOf.slice(0, 10) >= weekFrom);
}

import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import type { Board } from '#dashboards/dashboard.js';
import type { Owner } from '../access/own.js';
import type { PersonalBoard, PersonalBoardResponse, PlacedChart } from '../api.js';
import { answerBoard } from '../dashboards/boards.js';
import { DashboardsService } from '../dashboards/dashboards.service.js';
import { BOARDS } from '../dashboards/known-boards.js';
import type { Question } from '../dashboards/question.js';
import { POOL } from '../database/database.module.js';
import {
  addPersonalBoard,
  changePersonalBoard,
  placeChart,
  readPersonalBoard,
  type Changer,
  type PersonalBoardChange,
  type PersonalBoardContent,
} from './personal-boards.js';
import { asBoard, refuseUnknownCharts } from './placed-charts.js';

/** Boards of people, answered as those in code are. */
@Injectable()
export class PersonalBoardsService {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(BOARDS) private readonly boards: readonly Board[],
    private readonly dashboards: DashboardsService,
  ) {}

  async answer(id: string, question: Question): Promise<PersonalBoardResponse> {
    const board = await readPersonalBoard(this.pool, id);
    const { ask, window } = await this.dashboards.prepare(question);
    const { asOf, charts, unknownParameters } = await answerBoard(ask, asBoard(board, this.boards), question, window);
    return {
      board,
      asOf,
      from: window.from,
      to: window.to,
      charts: board.charts.map((placed) => ({ ...placed, answer: charts.find((chart) => chart.id === placed.chart) ?? null })),
      unknownParameters,
    };
  }

  add(board: PersonalBoardContent): Promise<PersonalBoard> {
    refuseUnknownCharts(this.boards, board.charts);
    return addPersonalBoard(this.pool, board);
  }

  async change(id: string, by: Changer, change: PersonalBoardChange): Promise<PersonalBoard> {
    if (change.charts) refuseUnknownCharts(this.boards, change.charts, (await readPersonalBoard(this.pool, id)).charts);
    return changePersonalBoard(this.pool, id, by, change);
  }

  async place(id: string, by: Changer, chart: PlacedChart): Promise<PersonalBoard> {
    refuseUnknownCharts(this.boards, [chart]);
    return placeChart(this.pool, id, by, chart);
  }

  /** With all its charts, those that nobody knows any more included. */
  async duplicate(id: string, owner: Owner, title: string): Promise<PersonalBoard> {
    const { description, charts } = await readPersonalBoard(this.pool, id);
    return addPersonalBoard(this.pool, { title, owner, description, charts });
  }
}

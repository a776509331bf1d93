import { Body, Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Patch, Post, Query, UseInterceptors } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { Asker } from '../access/asker.js';
import { narrowed } from '../access/narrow.js';
import { Needs } from '../access/needs.js';
import { isOverOwners, ownerOf } from '../access/own.js';
import type { Principal } from '../access/principal.js';
import type { PersonalBoard, PersonalBoardResponse } from '../api.js';
import { QuestionQuery, type Question } from '../dashboards/question.js';
import { POOL } from '../database/database.module.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { readPersonalBoard, readPersonalBoards, removePersonalBoard, restorePersonalBoard, type Changer } from './personal-boards.js';
import { PersonalBoardsService } from './personal-boards.service.js';
import { Placed, PlacedCharts } from './placed-charts.js';

const person = z.string().trim().min(1, 'is empty; say who you are.').max(120, 'is longer than 120 characters.');
const title = z.string().trim().min(1, 'is empty; a board needs a title.').max(120, 'is longer than 120 characters.');
const description = z.string().trim().max(1_000, 'is longer than 1000 characters.');

const NewBoard = z.strictObject({ title, owner: person, description: description.default(''), charts: PlacedCharts.default([]) });
const BoardChange = z
  .strictObject({ by: person, title: title.optional(), description: description.optional(), charts: PlacedCharts.optional() })
  .refine(({ by: _by, ...change }) => Object.keys(change).length > 0, 'Nothing to change; give title, description or charts.');
const Copy = z.strictObject({ owner: person, title });
const ByOwner = z.strictObject({ by: person });
const Placing = Placed.extend({ by: person });

@Controller('api/personal-boards')
@UseInterceptors(RefusalsInterceptor)
export class PersonalBoardsController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly boards: PersonalBoardsService,
  ) {}

  @Needs('read')
  @Get()
  list(): Promise<PersonalBoard[]> {
    return readPersonalBoards(this.pool);
  }

  @Needs('read')
  @Get(':id')
  one(@Param('id', ParseUUIDPipe) id: string): Promise<PersonalBoard> {
    return readPersonalBoard(this.pool, id);
  }

  @Needs('read')
  @Get(':id/charts')
  answer(
    @Param('id', ParseUUIDPipe) id: string,
    @Query({ schema: QuestionQuery }) question: Question,
    @Asker() asker: Principal,
  ): Promise<PersonalBoardResponse> {
    return this.boards.answer(id, narrowed(question, asker));
  }

  @Needs('keep')
  @Post()
  add(@Body({ schema: NewBoard }) board: z.infer<typeof NewBoard>, @Asker() asker: Principal): Promise<PersonalBoard> {
    return this.boards.add({ ...board, owner: ownerOf(asker, board.owner) });
  }

  @Needs('keep')
  @Patch(':id')
  change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: BoardChange }) { by, ...change }: z.infer<typeof BoardChange>,
    @Asker() asker: Principal,
  ): Promise<PersonalBoard> {
    return this.boards.change(id, changerOf(asker, by), change);
  }

  @Needs('keep')
  @Post(':id/charts')
  @HttpCode(200)
  place(
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: Placing }) { by, ...chart }: z.infer<typeof Placing>,
    @Asker() asker: Principal,
  ): Promise<PersonalBoard> {
    return this.boards.place(id, changerOf(asker, by), chart);
  }

  @Needs('keep')
  @Post(':id/copy')
  copy(
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: Copy }) copy: z.infer<typeof Copy>,
    @Asker() asker: Principal,
  ): Promise<PersonalBoard> {
    return this.boards.duplicate(id, ownerOf(asker, copy.owner), copy.title);
  }

  @Needs('keep')
  @Delete(':id')
  @HttpCode(204)
  remove(
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: ByOwner }) { by }: z.infer<typeof ByOwner>,
    @Asker() asker: Principal,
  ): Promise<void> {
    return removePersonalBoard(this.pool, id, changerOf(asker, by));
  }

  @Needs('keep')
  @Post(':id/restore')
  @HttpCode(200)
  restore(
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: ByOwner }) { by }: z.infer<typeof ByOwner>,
    @Asker() asker: Principal,
  ): Promise<PersonalBoard> {
    return restorePersonalBoard(this.pool, id, changerOf(asker, by));
  }
}

function changerOf(asker: Principal, typed: string): Changer {
  return isOverOwners(asker) ? null : ownerOf(asker, typed);
}

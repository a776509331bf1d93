import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
  StreamableFile,
  UseInterceptors,
} from '@nestjs/common';
import { z } from 'zod';
import { Asker } from '../access/asker.js';
import { Needs } from '../access/needs.js';
import type { Principal } from '../access/principal.js';
import type { ExportRun, ExportSchedule, ExportScheduleBody } from '../api.js';
import { contentTypes } from '../exports/formats.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { wholeNumber } from '../http/whole-number.js';
import { ExportScheduleBodySchema, PauseExportBody } from './export-schedule-body.js';
import { ExportSchedulesService } from './export-schedules.service.js';

const RunsQuery = z.strictObject({ limit: wholeNumber(1, 500).default(20) });
type Told = z.output<typeof ExportScheduleBodySchema>;

@Needs('export')
@Controller('api/export-schedules')
@UseInterceptors(RefusalsInterceptor)
export class ExportSchedulesController {
  constructor(private readonly schedules: ExportSchedulesService) {}

  @Get()
  list(@Asker() asker: Principal): Promise<ExportSchedule[]> {
    return this.schedules.list(asker);
  }

  @Post()
  add(@Body({ schema: ExportScheduleBodySchema }) told: Told, @Asker() asker: Principal): Promise<ExportSchedule> {
    return this.schedules.add(asker, bodyOf(told));
  }

  @Get(':id')
  read(@Param('id', ParseUUIDPipe) id: string, @Asker() asker: Principal): Promise<ExportSchedule> {
    return this.schedules.read(asker, id);
  }

  /** The whole of it. */
  @Patch(':id')
  change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: ExportScheduleBodySchema }) told: Told,
    @Asker() asker: Principal,
  ): Promise<ExportSchedule> {
    return this.schedules.change(asker, id, bodyOf(told));
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', ParseUUIDPipe) id: string, @Asker() asker: Principal): Promise<void> {
    return this.schedules.remove(asker, id);
  }

  @Patch(':id/pause')
  pause(
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: PauseExportBody }) { isPaused }: z.output<typeof PauseExportBody>,
    @Asker() asker: Principal,
  ): Promise<ExportSchedule> {
    return this.schedules.pause(asker, id, isPaused);
  }

  @Post(':id/run')
  @HttpCode(202)
  run(@Param('id', ParseUUIDPipe) id: string, @Asker() asker: Principal): Promise<ExportSchedule> {
    return this.schedules.run(asker, id);
  }

  @Get(':id/runs')
  runs(
    @Param('id', ParseUUIDPipe) id: string,
    @Query({ schema: RunsQuery }) { limit }: z.output<typeof RunsQuery>,
    @Asker() asker: Principal,
  ): Promise<ExportRun[]> {
    return this.schedules.runs(asker, id, limit);
  }

  @Post('runs/:run/retry')
  @HttpCode(204)
  retry(@Param('run', ParseUUIDPipe) run: string, @Asker() asker: Principal): Promise<void> {
    return this.schedules.retry(asker, run);
  }

  @Get('runs/:run/file')
  async file(@Param('run', ParseUUIDPipe) run: string, @Asker() asker: Principal): Promise<StreamableFile> {
    const { name, stream, format } = await this.schedules.file(asker, run);
    return new StreamableFile(stream, { type: contentTypes[format], disposition: `attachment; filename="${name}"` });
  }
}

function bodyOf({ secretAccessKey, ...told }: Told): ExportScheduleBody {
  return { ...told, ...(secretAccessKey !== undefined && { secretAccessKey }) };
}

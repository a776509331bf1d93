import { Body, Controller, Get, Inject, Patch, Query, StreamableFile } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { Needs } from '../access/needs.js';
import type { AuditResponse } from '../api.js';
import { POOL } from '../database/database.module.js';
import { contentTypes, viewFormats } from '../exports/formats.js';
import { wholeNumber } from '../http/whole-number.js';
import { auditActions, auditOutcomes } from './audit-actions.js';
import { auditKeepDays, fewestDays, keepAudit, mostDays } from './keep-audit.js';
import { auditFile, namesInAudit, readAudit } from './read-audit.js';

const instant = z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional();

const question = {
  action: z.enum(auditActions).optional(),
  outcome: z.enum(auditOutcomes).optional(),
  name: z.string().max(200).optional(),
  from: instant,
  to: instant,
};

const ListQuery = z.strictObject({
  ...question,
  before: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional(),
  limit: wholeNumber(1, 500).default(100),
});

const FileQuery = z.strictObject({ ...question, format: z.enum(viewFormats).default('csv') });

const Settings = z.strictObject({ keepDays: z.number().int().min(fewestDays).max(mostDays) });

@Needs('manage')
@Controller('api/audit')
export class AuditController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  @Get()
  async list(@Query({ schema: ListQuery }) { before, limit, ...asked }: z.infer<typeof ListQuery>): Promise<AuditResponse> {
    const lines = await readAudit(this.pool, asked, { before, limit: limit + 1 });
    const [names, keepDays] = await Promise.all([namesInAudit(this.pool), auditKeepDays(this.pool)]);
    const shown = lines.slice(0, limit);
    return { lines: shown, before: lines.length > limit ? (shown.at(-1)?.id ?? null) : null, names, actions: auditActions, keepDays };
  }

  @Get('download')
  download(@Query({ schema: FileQuery }) { format, ...asked }: z.infer<typeof FileQuery>): StreamableFile {
    const stream = auditFile(this.pool, asked, format);
    return new StreamableFile(stream, { type: contentTypes[format], disposition: `attachment; filename="throughline-audit.${format}"` });
  }

  @Patch('settings')
  async keep(@Body({ schema: Settings }) { keepDays }: z.infer<typeof Settings>): Promise<{ keepDays: number }> {
    await keepAudit(this.pool, keepDays);
    return { keepDays };
  }
}

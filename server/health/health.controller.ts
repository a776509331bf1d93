import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { digitKinds, locales } from '#dashboards/i18n/messages.js';
import { calendars } from '#dashboards/metric-result.js';
import { Needs, OpenToAll } from '../access/needs.js';
import type { HealthResponse, ReadinessResponse } from '../api.js';
import { isZone } from '../schedules/rhythm.js';
import { HealthService } from './health.service.js';

const Reader = z.strictObject({
  lang: z.enum(locales).default('en'),
  digits: z.enum(digitKinds).optional(),
  calendar: z.enum(calendars).optional(),
  zone: z.string().max(100).refine(isZone, 'is not an IANA time zone such as Europe/Istanbul.').optional(),
});

/** What is wrong, by the check: places, and what a stranger could make use of, are for those who manage. */
const briefly: Record<string, string> = {
  database: 'the database does not answer',
  schema: 'the schema of the database is not the one of this program',
  facts: 'changes are not worked into the facts',
  engine: 'the metric engine does not take over new facts',
  disk: 'less than 10 % or 2 GiB of the disk is free',
  workbench: 'the SQL workbench is off',
};

/** For whoever watches over the program: is it alive, can it answer, and what is to be done. */
@Controller()
export class HealthController {
  constructor(private readonly service: HealthService) {}

  @OpenToAll()
  @Get('livez')
  alive(): { status: 'alive' } {
    return { status: 'alive' };
  }

  @OpenToAll()
  @Get('readyz')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessResponse> {
    const { factsVersion, checks } = await this.service.readiness();
    const told = (state: 'failing' | 'warning') => checks.filter((check) => check.state === state).flatMap(({ id }) => briefly[id] ?? []);
    const reasons = told('failing');
    if (reasons.length > 0) reply.code(503);
    return { status: reasons.length === 0 ? 'ready' : 'not-ready', factsVersion, reasons, warnings: told('warning') };
  }

  @Needs('manage')
  @Get('api/health')
  health(@Query({ schema: Reader }) { lang, digits, calendar, zone }: z.infer<typeof Reader>): Promise<HealthResponse> {
    return this.service.health(lang, { zone: zone ?? null, ...(digits && { digits }), ...(calendar && { calendar }) });
  }
}

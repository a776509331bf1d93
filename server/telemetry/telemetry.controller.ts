import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Needs } from '../access/needs.js';
import { Measurements } from './measurements.js';

@Controller()
export class TelemetryController {
  constructor(private readonly measurements: Measurements) {}

  /** With a token that may manage: names of connections and routes are not for everybody. */
  @Needs('manage')
  @Get('metrics')
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    reply.type(this.measurements.contentType);
    return this.measurements.text();
  }
}

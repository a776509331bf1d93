import { Controller, Get, Inject } from '@nestjs/common';
import { Needs } from '../access/needs.js';
import type { OpenApiDocument } from './document.js';

/** Nest token of the `OpenApiDocument`. */
export const OPEN_API = Symbol('description of the API');

/** The API, described by itself. */
@Controller('api')
@Needs('read')
export class OpenApiController {
  constructor(@Inject(OPEN_API) private readonly described: OpenApiDocument) {}

  @Get('openapi.json')
  document(): OpenApiDocument {
    return this.described;
  }
}

import { type CanActivate, type ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AskerService } from './asker.service.js';
import { demand } from './demand.js';
import { NEEDS } from './needs.js';
import type { Permission } from './principal.js';

/** Finds out who asks, before any route, and whether that one may. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly askers: AskerService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const needs = this.reflector.getAllAndOverride<Permission | 'nothing'>(NEEDS, [context.getHandler(), context.getClass()]);
    if (needs === 'nothing') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    try {
      request.principal = await this.askers.find(request, needs, new Date());
    } catch (error) {
      if (error instanceof UnauthorizedException) http.getResponse<FastifyReply>().header('www-authenticate', 'Bearer');
      throw error;
    }
    demand(request.principal, needs);
    return true;
  }
}

import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { demand } from './demand.js';
import { NEEDS } from './needs.js';
import { ownerOfTheMachine, type Permission } from './principal.js';

/** Finds out who asks, before any route, and whether that one may. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const needs = this.reflector.getAllAndOverride<Permission | 'nothing'>(NEEDS, [context.getHandler(), context.getClass()]);
    if (needs === 'nothing') return true;
    const principal = ownerOfTheMachine;
    context.switchToHttp().getRequest<FastifyRequest>().principal = principal;
    demand(principal, needs);
    return true;
  }
}

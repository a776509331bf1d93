import { createParamDecorator, type ExecutionContext, UnauthorizedException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from './principal.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the `AccessGuard`. */
    principal?: Principal;
  }
}

/** Gives a route the `Principal` that asks: `list(@Asker() asker: Principal)`. */
export const Asker = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  return askerOf(context.switchToHttp().getRequest<FastifyRequest>());
});

/** Throws where no guard has looked at the request. */
export function askerOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new UnauthorizedException('Nobody is signed in; sign in first.');
  return request.principal;
}

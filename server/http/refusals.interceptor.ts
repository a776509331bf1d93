import {
  BadRequestException,
  type CallHandler,
  ConflictException,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  NotFoundException,
} from '@nestjs/common';
import { catchError, type Observable } from 'rxjs';
import { MetricError } from '../metrics/request.js';
import { Conflict, Missing, Refusal } from '../refusal.js';

/** Says refusals of services, which know no HTTP, as 400, 404 and 409. */
@Injectable()
export class RefusalsInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      catchError((error: unknown) => {
        throw httpErrorOf(error);
      }),
    );
  }
}

/** The error as HTTP says it, or itself where it is no refusal. */
export function httpErrorOf(error: unknown): unknown {
  if (error instanceof Missing) return new NotFoundException(error.message, { cause: error });
  if (error instanceof Conflict) return new ConflictException(error.message, { cause: error });
  if (error instanceof Refusal || error instanceof MetricError) return new BadRequestException(error.message, { cause: error });
  return error;
}

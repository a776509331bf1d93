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
import { Conflict, Missing, Refusal } from './refusal.js';

/** Says refusals of services, which know no HTTP, as 400, 404 and 409. */
@Injectable()
export class RefusalsInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      catchError((error: unknown) => {
        if (error instanceof Missing) throw new NotFoundException(error.message, { cause: error });
        if (error instanceof Conflict) throw new ConflictException(error.message, { cause: error });
        if (error instanceof Refusal || error instanceof MetricError) throw new BadRequestException(error.message, { cause: error });
        throw error;
      }),
    );
  }
}

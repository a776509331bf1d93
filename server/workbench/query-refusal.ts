import { HttpException } from '@nestjs/common';
import { QueryFailure } from './query-failure.js';

const statuses: Record<QueryFailure['told']['reason'], number> = {
  query: 400,
  time: 400,
  cancelled: 400,
  busy: 429,
  off: 403,
  failed: 500,
};

/** What failed of a query as an answer, with its SQLSTATE and place; any other error as it is. */
export function refusedQuery(error: unknown): unknown {
  if (!(error instanceof QueryFailure)) return error;
  const { reason, message, sqlState, position } = error.told;
  const where = [...(sqlState === null ? [] : [`SQLSTATE ${sqlState}`]), ...(position === null ? [] : [`character ${position}`])];
  return new HttpException(where.length === 0 ? message : `${message} (${where.join(', ')})`, statuses[reason], { cause: error });
}

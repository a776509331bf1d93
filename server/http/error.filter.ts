import { randomUUID } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { reasonOf } from '#etl/error-code.js';
import type { ErrorResponse } from '../api.js';

/** Turns every error into an `ErrorResponse`. What we did not foresee is logged once with its stack, under the id the reader gets. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly log: (line: string) => void) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const body = answerTo(error, `${request.method} ${request.url.split('?')[0]}`, this.log);
    if (!reply.sent) void reply.code(body.statusCode).type('application/json; charset=utf-8').send(body);
  }
}

/** What the reader is told of an error; `asked` is for the log. */
export function answerTo(error: unknown, asked: string, log: (line: string) => void): ErrorResponse {
  const errorId = randomUUID();
  const statusCode = statusOf(error);
  const isForeseen = statusCode < 500 || error instanceof HttpException;
  if (!isForeseen) log(`error ${errorId} ${asked}: ${traceOf(error)}`);
  const message = isForeseen ? messageOf(error) : `Something went wrong here; the server's log tells more under ${errorId}.`;
  return { statusCode, message, errorId };
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const told = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof told === 'number' && told >= 400 && told < 500 ? told : 500;
}

/** Validation answers with a list; it is joined, because the reader sees one sentence. */
function messageOf(error: unknown): string {
  if (error instanceof HttpException) {
    const response = error.getResponse();
    const message = typeof response === 'object' && 'message' in response ? response.message : response;
    return Array.isArray(message) ? message.join('; ') : String(message);
  }
  return reasonOf(error);
}

function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by: ${traceOf(error.cause)}`;
  return `${withoutValues(error, error.stack ?? error.message)}${cause}`;
}

/** Postgres quotes the value it cannot take, which may be a text of a ticket: class 22 is about values, 23 about constraints. */
function withoutValues(error: Error, text: string): string {
  const isAboutValues = 'code' in error && typeof error.code === 'string' && /^2[23]...$/.test(error.code);
  return isAboutValues ? text.replaceAll(/"[^"\n]*"/g, '"…"') : text;
}

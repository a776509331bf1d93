import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { context, SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { logForPrograms } from '../console.js';
import { Measurements } from './measurements.js';

/** Tells of every request how it went: its route, never its query, its path or what was sent. */
@Injectable()
export class RequestWatch implements OnModuleInit {
  private readonly spans = new WeakMap<FastifyRequest, Span>();

  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    private readonly measurements: Measurements,
  ) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance();
    server.addHook('onRequest', (request, _reply, done) => {
      const span = trace.getTracer('throughline').startSpan('request', { kind: SpanKind.SERVER });
      this.spans.set(request, span);
      // What is done for the request belongs to its span.
      context.with(trace.setSpan(context.active(), span), done);
    });
    server.addHook('onResponse', async (request, reply) => {
      this.tell(request, reply);
      this.endSpan(request, reply);
    });
  }

  private tell(request: FastifyRequest, reply: FastifyReply): void {
    const route = routeOf(request);
    const { method } = request;
    const status = reply.statusCode;
    this.measurements.requests.observe({ method, route, status: String(status) }, reply.elapsedTime / 1_000);
    // Files of the page are many, and tell nothing unless they fail.
    if ((route === '/*' || route === '/') && status < 400) return;
    const account = request.principal?.id ?? null;
    logForPrograms('request', { id: request.id, method, route, status, ms: Math.round(reply.elapsedTime), account });
  }

  private endSpan(request: FastifyRequest, reply: FastifyReply): void {
    const span = this.spans.get(request);
    if (!span) return;
    const route = routeOf(request);
    span.updateName(`${request.method} ${route}`);
    span.setAttributes({
      'http.request.method': request.method,
      'http.route': route,
      'http.response.status_code': reply.statusCode,
      'throughline.request.id': request.id,
    });
    if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }
}

/** As it is written in code, such as `/api/boards/:id`. */
export function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'none';
}

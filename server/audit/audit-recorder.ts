import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type pg from 'pg';
import { log } from '../console.js';
import { POOL } from '../database/database.module.js';
import { recordAudit, type AuditEntry } from './audit.js';
import { auditedRoute } from './audited-routes.js';

/** Nothing larger is opened for the id of what was made. */
const mostAnswerCharacters = 200_000;

/**
 * Writes what a request did before its answer leaves: what cannot be recorded is not answered. Requests refused for their form, or because
 * nobody is signed in, changed and showed nothing and are left to the log of requests.
 */
@Injectable()
export class AuditRecorder implements OnModuleInit {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly host: HttpAdapterHost<FastifyAdapter>,
  ) {}

  onModuleInit(): void {
    this.host.httpAdapter.getInstance().addHook('onSend', async (request, reply, payload) => {
      const entry = entryOf(request, reply, payload);
      if (entry === null) return payload;
      try {
        await recordAudit(this.pool, entry);
      } catch (error) {
        log(`audit of ${entry.action} ${entry.object ?? ''} by ${request.principal?.id ?? 'nobody'} could not be written`);
        // The answer that says so comes through here again.
        request.principal = undefined;
        throw error;
      }
      return payload;
    });
  }
}

function entryOf(request: FastifyRequest, reply: FastifyReply, payload: unknown): AuditEntry | null {
  const { principal, ip: address } = request;
  if (principal === undefined) return null;
  const route = auditedRoute(request);
  if (reply.statusCode === 403) {
    const refused = { asker: principal, outcome: 'refused' as const, address };
    if (route) return { ...refused, ...route };
    return { ...refused, action: 'access.refuse', object: `${request.method} ${request.routeOptions.url ?? ''}` };
  }
  if (route === null || (reply.statusCode >= 400 && reply.statusCode < 500)) return null;
  const outcome = reply.statusCode >= 500 ? 'failed' : 'done';
  return { asker: principal, action: route.action, object: route.object ?? idOf(payload), detail: route.detail, outcome, address };
}

/** Of what was made, as the answer says. */
function idOf(payload: unknown): string | undefined {
  if (typeof payload !== 'string' || payload.length > mostAnswerCharacters || !payload.startsWith('{')) return undefined;
  const made = JSON.parse(payload) as { id?: unknown; name?: unknown };
  const id = made.id ?? made.name;
  return typeof id === 'string' ? id : undefined;
}

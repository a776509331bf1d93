import { Inject, Injectable, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { SourceAccess } from '../connections/source-access.js';
import { ETL_POOL } from '../database/database.module.js';
import { feedRoutes } from './feed-routes.js';
import { readWebhookSecret } from './webhook-secret.js';

/** Takes what tools and scripts send by themselves. */
@Injectable()
class Feeds implements OnModuleInit, OnApplicationShutdown {
  private readonly stopped = new AbortController();

  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(ETL_POOL) private readonly pool: pg.Pool,
    @Inject(SourceAccess) private readonly access: SourceAccess,
  ) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    // In a scope of its own: these bodies are streams, parsed by nobody.
    void server.register((scope, _options, done) => {
      const secret = (name: string) => readWebhookSecret(this.pool, this.access.vault, name);
      feedRoutes(scope, { pool: this.pool, secret, signal: this.stopped.signal });
      done();
    });
  }

  onApplicationShutdown(): void {
    this.stopped.abort();
  }
}

@Module({ providers: [Feeds] })
export class IngestModule {}

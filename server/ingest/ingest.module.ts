import { Inject, Injectable, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { POOL } from '../database/database.module.js';
import { feedRoutes } from './feed-routes.js';

/** Takes what tools and scripts send by themselves. */
@Injectable()
class Feeds implements OnModuleInit, OnApplicationShutdown {
  private readonly stopped = new AbortController();

  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(POOL) private readonly pool: pg.Pool,
  ) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    // In a scope of its own: these bodies are streams, parsed by nobody.
    void server.register((scope, _options, done) => {
      feedRoutes(scope, { pool: this.pool, signal: this.stopped.signal });
      done();
    });
  }

  onApplicationShutdown(): void {
    this.stopped.abort();
  }
}

@Module({ providers: [Feeds] })
export class IngestModule {}

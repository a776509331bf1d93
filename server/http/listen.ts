import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { type DynamicModule, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../config.js';
import { log } from '../console.js';
import type { PageFiles } from '../page/page-files.js';
import { StartError } from '../start-error.js';
import { ErrorFilter } from './error.filter.js';
import { PlainValuesPipe } from './plain-values.pipe.js';
import { guardEveryRequest, pagePolicy, trustProxy } from './security.js';

/** Enough for any setting a page sends; files are never uploaded. */
const bodyLimitBytes = 1_000_000;

/** For a request to have come whole, the largest of a push over a slow line too. Without it one that drips is waited for without end. */
const requestTimeoutMs = 600_000;

/** Listens for requests. Returns the running application and its address as a reader types it. */
export async function listen(
  module: DynamicModule,
  page: PageFiles,
  config: Config,
): Promise<{ app: NestFastifyApplication; address: string }> {
  const adapter = new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    forceCloseConnections: true,
    genReqId: () => randomUUID(),
    trustProxy: trustProxy(config),
    routerOptions: { maxParamLength: 500 },
  });
  guardEveryRequest(adapter.getInstance(), pagePolicy(page.indexHtml), config);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: ['error', 'warn'], abortOnError: false });
  app.useGlobalPipes(new PlainValuesPipe(), new StandardSchemaValidationPipe());
  app.useGlobalFilters(new ErrorFilter(log));
  try {
    await app.listen(config.port, config.host);
  } catch (error) {
    await app.close();
    throw error instanceof Error && 'code' in error ? listenError(config, error.code) : error;
  }
  const bound = app.getHttpServer().address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : config.port;
  return { app, address: `http://${config.host === '::1' ? '[::1]' : '127.0.0.1'}:${port}` };
}

/** Fails at once, before anything slow, where the port cannot be had. */
export function provePortIsFree(config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', (error: NodeJS.ErrnoException) => reject(listenError(config, error.code)));
    probe.listen(config.port, config.host, () => probe.close(() => resolve()));
  });
}

function listenError(config: Config, code: unknown): StartError {
  if (code === 'EADDRINUSE') {
    return new StartError(
      `Port ${config.port} on ${config.host} is taken by another program; choose another: PORT=${config.port + 1} npm start`,
    );
  }
  if (code === 'EACCES') return new StartError(`Port ${config.port} needs special rights; choose one above 1024, such as PORT=3000.`);
  return new StartError(`HOST=${config.host} PORT=${config.port} cannot be listened on (${String(code)}); leave HOST out for 127.0.0.1.`);
}

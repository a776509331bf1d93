import { request, type IncomingHttpHeaders } from 'node:http';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type pg from 'pg';
import { afterAll, expect, vi } from 'vitest';
import { readConfig } from '#server/config.js';
import { SourceAccess } from '#server/connections/source-access.js';
import { DatabaseModule } from '#server/database/database.module.js';
import { listen } from '#server/http/listen.js';
import { IngestModule } from '#server/ingest/ingest.module.js';
import { readPageFiles } from '#server/page/page-files.js';
import { removeDirectory, temporaryDirectory } from '../../support/built-server.js';
import { openedDatabase } from '../../support/opened-database.js';

@Global()
@Module({ providers: [SourceAccess], exports: [SourceAccess] })
class Access {}

@Module({})
class FeedsOnly {
  static with(pool: pg.Pool, url: string, directory: string): DynamicModule {
    const database = openedDatabase({ url, pool });
    return { module: FeedsOnly, imports: [DatabaseModule.with(readConfig({ DATA_DIR: directory }), database), Access, IngestModule] };
  }
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: unknown;
}

export interface FeedServer {
  directory: string;
  /** Sends the parts one after the other. */
  post(path: string, headers: Record<string, string>, parts: Iterable<string | Buffer>): Promise<Answer>;
  /** Sends the parts, then waits until `isEnough` and breaks the connection off. */
  breakOff(
    path: string,
    headers: Record<string, string>,
    parts: Iterable<string | Buffer>,
    isEnough: () => Promise<boolean>,
  ): Promise<void>;
}

/** The routes that take what is sent, behind the same guards as in the real server, on a free port. */
export async function feedServer(pool: pg.Pool, url: string): Promise<FeedServer> {
  const directory = await temporaryDirectory();
  const page = join(directory, 'page');
  await mkdir(join(page, '_app'), { recursive: true });
  await writeFile(join(page, 'index.html'), '<!doctype html><title>t</title>');
  const { app, address }: { app: NestFastifyApplication; address: string } = await listen(
    FeedsOnly.with(pool, url, directory),
    readPageFiles(page),
    readConfig({ PORT: '0' }),
  );
  afterAll(async () => {
    await app.close();
    await removeDirectory(directory);
  });
  return {
    directory,
    post: (path, headers, parts) =>
      new Promise((resolve, reject) => {
        const asked = request(`${address}${path}`, { method: 'POST', headers }, (answer) => {
          let text = '';
          answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
          answer.on('end', () =>
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text === '' ? null : (JSON.parse(text) as unknown) }),
          );
        });
        asked.on('error', reject);
        for (const part of parts) asked.write(part);
        asked.end();
      }),
    async breakOff(path, headers, parts, isEnough) {
      const asked = request(`${address}${path}`, { method: 'POST', headers });
      asked.on('error', () => undefined);
      for (const part of parts) asked.write(part);
      await vi.waitFor(async () => expect(await isEnough()).toBe(true), { timeout: 120_000 });
      asked.destroy();
    },
  };
}

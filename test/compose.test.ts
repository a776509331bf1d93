import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfig } from '#server/config.js';
import { repositoryRoot } from './support/import-directions.js';

const Service = z.object({
  image: z.string().optional(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
});
const Compose = z.object({ services: z.record(z.string(), Service) });

const dockerfile = readFileSync(join(repositoryRoot, 'Dockerfile'), 'utf8');
const imageCommand = z.array(z.string()).parse(JSON.parse(/^CMD (.*)$/m.exec(dockerfile)?.[1] ?? ''));
const { services } = Compose.parse(parse(readFileSync(join(repositoryRoot, 'docker-compose.yml'), 'utf8')));

test('the production shape is a database, the server, a worker and a mail catcher', () => {
  expect(Object.keys(services)).toEqual(['database', 'web', 'worker', 'mail']);
  expect(services['database']?.image).toBe('postgres:18');
});

test('no port is published beyond the loopback address', () => {
  for (const { ports } of Object.values(services)) for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
});

test('the settings are ones the program takes, and its commands exist', () => {
  for (const name of ['web', 'worker']) {
    const { environment = {}, command = imageCommand } = services[name] ?? {};
    expect(readConfig(environment)).toMatchObject({ port: 3000 });
    const [program, ...rest] = command;
    const script = rest.find((word) => !word.startsWith('--')) ?? '';
    expect(program).toBe('node');
    expect(existsSync(join(repositoryRoot, script.replace(/^dist\//, '').replace(/\.js$/, '.ts')))).toBe(true);
  }
});

test('the server of the image is given what npm start gives it', () => {
  expect(services['web']?.command).toBeUndefined();
  const start = readFileSync(join(repositoryRoot, 'scripts/run.mjs'), 'utf8');
  expect(start).toContain(
    `[${imageCommand
      .slice(1)
      .map((word) => `'${word}'`)
      .join(', ')}, ...rest]`,
  );
});

test('the image copies only what is there', () => {
  const copied = [...dockerfile.matchAll(/^COPY --from=build \/app\/(\S+)/gm)].map(([, path = '']) => path);
  const made = ['node_modules', 'dist'];
  expect(copied.filter((path) => !made.includes(path) && !existsSync(join(repositoryRoot, path)))).toEqual([]);
});

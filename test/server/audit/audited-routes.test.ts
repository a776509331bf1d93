import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isAuditedRoute } from '#server/audit/audited-routes.js';
import { repositoryRoot } from '../../support/import-directions.js';

/** Features that know more of what they do than their route tells, and call `recordAudit` themselves. */
const recordingFolders = ['access', 'workbench', 'exports', 'privacy'];

/** Changes that change nothing which another person would ask about. */
const unrecorded: Record<string, string> = {
  'POST /api/connections/test': 'tries an address and keeps nothing',
  'POST /api/connections/:name/preview': 'computes',
  'POST /api/alerts/preview': 'computes',
  'POST /api/schedules/due': 'computes',
  'POST /api/beliefs/skip': 'passes over a question',
  'POST /unsubscribe/:token': 'nobody is signed in; the schedule tells who left',
};

interface Route {
  method: string;
  path: string;
  folder: string;
}

/** Every route of a controller that is written in the source. */
function routes(): Route[] {
  const root = join(repositoryRoot, 'server');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.controller.ts'));
  return files.flatMap((file) => {
    const source = readFileSync(join(root, file), 'utf8');
    const base = /@Controller\((?:'([^']*)')?\)/.exec(source)?.[1] ?? '';
    const folder = file.split(/[\\/]/)[0] ?? '';
    return [...source.matchAll(/@(Get|Post|Put|Patch|Delete)\((?:'([^']*)')?\)/g)].map(([, verb = '', path = '']) => ({
      method: verb.toUpperCase(),
      path: `/${[base, path].filter((part) => part !== '').join('/')}`,
      folder,
    }));
  });
}

test('every route that changes something, and every one that gives a file, is in the audit log or says why not', () => {
  const wanted = routes().filter(
    ({ method, path, folder }) => !recordingFolders.includes(folder) && (method !== 'GET' || /\/(download|pdf)$|:file$/.test(path)),
  );
  expect(wanted.length).toBeGreaterThan(40);
  const names = wanted.map(({ method, path }) => `${method} ${path}`);
  expect(
    wanted
      .filter(({ method, path }) => !isAuditedRoute(method, path))
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  ).toEqual(
    Object.keys(unrecorded)
      .filter((name) => names.includes(name))
      .sort(),
  );
});

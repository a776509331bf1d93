import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = process.env['THROUGHLINE_SHARED_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');

/** A file of real data that lies beside the project, not in it. `why` ends the name of a test that must be skipped. */
export function sharedFile(path: string): { path: string; isAbsent: boolean; why: string } {
  const full = join(root, path);
  const isAbsent = !existsSync(full);
  return { path: full, isAbsent, why: isAbsent ? ` (skipped: ${path} is not in the shared data folder)` : '' };
}

export function mappingPath(name: string): string {
  return resolve(import.meta.dirname, '../../etl/mappings', name);
}

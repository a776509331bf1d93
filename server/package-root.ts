import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the nearest package.json above this file: the same from the sources and from `dist`. */
export const packageRoot = nearestPackage(dirname(fileURLToPath(import.meta.url)));

export const packageVersion = readVersion();

function nearestPackage(directory: string): string {
  if (existsSync(join(directory, 'package.json'))) return directory;
  const parent = dirname(directory);
  if (parent === directory) throw new Error(`No package.json above ${import.meta.url}; run the program from a whole checkout.`);
  return nearestPackage(parent);
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  const version = typeof manifest === 'object' && manifest && 'version' in manifest ? manifest.version : undefined;
  if (typeof version !== 'string') throw new Error(`${join(packageRoot, 'package.json')} has no version.`);
  return version;
}

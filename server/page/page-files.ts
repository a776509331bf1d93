import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { packageRoot } from '../package-root.js';
import { StartError } from '../start-error.js';

/** The built page: its folder, the names in it and its first document. */
export interface PageFiles {
  directory: string;
  /** Paths within the folder, with `/`. Only these are served, so no path leads out of it. */
  names: ReadonlySet<string>;
  indexHtml: string;
}

/** Nest token of the `PageFiles`. */
export const PAGE_FILES = Symbol('page files');

/** The built page. Throws `StartError` where there is none. */
export function readPageFiles(directory = join(packageRoot, 'dist', 'web')): PageFiles {
  try {
    const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => relative(directory, join(entry.parentPath, entry.name)));
    return {
      directory,
      names: new Set(files.map((file) => file.split(sep).join('/'))),
      indexHtml: readFileSync(join(directory, 'index.html'), 'utf8'),
    };
  } catch (error) {
    throw new StartError(`The page is not built: ${directory} has no index.html; run "npm run build".`, { cause: error });
  }
}

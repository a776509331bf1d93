import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config.js';
import { readPageFiles } from '../../page/page-files.js';
import { StartError } from '../../start-error.js';
import { fine, type Check } from '../check.js';

const gibibyte = 1024 ** 3;
/** Below this a sync may fill the disk before anyone looks; below the share it is time to look. */
const leastFreeBytes = 2 * gibibyte;
const leastFreeShare = 0.1;

const mostKeyDays = 400;
const oldestNode = 24;

export async function diskCheck(directory: string): Promise<Check> {
  const room = await statfs(directory);
  return judgeDisk(directory, { free: room.bavail * room.bsize, size: room.blocks * room.bsize });
}

export function judgeDisk(directory: string, { free, size }: { free: number; size: number }): Check {
  const subject = { key: 'subject.disk' } as const;
  const values = { free: Math.floor((free / gibibyte) * 10) / 10, size: Math.round(size / gibibyte), directory };
  if (free >= leastFreeBytes && free >= size * leastFreeShare) return fine('disk', subject, { key: 'disk.free', values });
  const state = free < leastFreeBytes ? 'failing' : 'warning';
  return { id: 'disk', subject, state, found: { key: 'disk.low', values }, remedies: [{ key: 'disk.low.do' }] };
}

export async function keyCheck({ secretKey, dataDirectory }: Config, now: Date): Promise<Check> {
  const subject = { key: 'subject.key' } as const;
  if (secretKey !== null) return fine('key', subject, { key: 'key.environment' });
  const made = await stat(join(dataDirectory, 'secrets.key')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (made === null) return fine('key', subject, { key: 'key.none' });
  const days = Math.floor((now.getTime() - made.mtimeMs) / 86_400_000);
  const found = { key: 'key.file', values: { days } } as const;
  if (days <= mostKeyDays) return fine('key', subject, found);
  return { id: 'key', subject, state: 'warning', found, remedies: [{ key: 'key.old.do' }] };
}

export function signInCheck({ signIn }: Pick<Config, 'signIn'>): Check {
  const subject = { key: 'subject.sign-in' } as const;
  if (signIn === 'required') return fine('sign-in', subject, { key: 'sign-in.required' });
  return { id: 'sign-in', subject, state: 'warning', found: { key: 'sign-in.off' }, remedies: [{ key: 'sign-in.off.do' }] };
}

export function nodeCheck(): Check {
  const subject = { key: 'subject.node' } as const;
  const found = {
    key: 'node.found',
    values: { version: process.versions.node, platform: `${process.platform}-${process.arch}` },
  } as const;
  if (Number(process.versions.node.split('.')[0]) >= oldestNode) return fine('node', subject, found);
  return { id: 'node', subject, state: 'warning', found, remedies: [{ key: 'node.old.do' }] };
}

export function pageCheck(): Check {
  const subject = { key: 'subject.page' } as const;
  try {
    return fine('page', subject, { key: 'page.built', values: { count: readPageFiles().names.size } });
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    const found = { key: 'page.missing', values: { reason: error.message } } as const;
    return { id: 'page', subject, state: 'warning', found, remedies: [{ key: 'page.missing.do' }] };
  }
}

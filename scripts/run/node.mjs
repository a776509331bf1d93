import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, root } from './process.mjs';

/** The Node of the lock file; where no package brings one (macOS), the Node that runs this, if it is new enough. */
export function pinnedNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const pinned = join(root, 'node_modules', `node-${system}-${process.arch}`, 'bin', program);
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Failure(
    `No Node 24 comes along for ${process.platform}-${process.arch}, and this is Node ${process.versions.node}; install Node 24 or later and run the command again.`,
  );
}

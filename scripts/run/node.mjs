import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, root } from './process.mjs';

/** The npm package that brings Node for this machine; without a version where there is none (macOS). */
export function nodePackage() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${system}-${process.arch}`;
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return { name, version: optionalDependencies[name] };
}

/** Where that package keeps the program. */
export function nodeIn(modules) {
  return join(modules, nodePackage().name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** The Node of the lock file; where no package brings one, the Node that runs this, if it is new enough. */
export function pinnedNode() {
  const pinned = nodeIn(join(root, 'node_modules'));
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Failure(
    `No Node 24 comes along for ${process.platform}-${process.arch}, and this is Node ${process.versions.node}; install Node 24 or later and run the command again.`,
  );
}

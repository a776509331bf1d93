/**
 * A process of its own that lays out pages, so that a crash or a hang takes nothing with it. Told by messages; ends with its parent.
 * It imports nothing of ours: it runs as it stands, from the sources and from `dist`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { PrintAnswer, PrintJob } from './printer.js';

/** The compiler's root: empty, so nothing can be read but what is handed in. */
const workspace = mkdtempSync(join(tmpdir(), 'throughline-print-'));
let compiler: NodeCompiler | null = null;

process.on('message', ({ job }: { job: PrintJob }) => {
  process.send?.(answerTo(job));
});
process.on('disconnect', () => process.exit());
process.on('exit', () => rmSync(workspace, { recursive: true, force: true }));

function answerTo(job: PrintJob): PrintAnswer {
  try {
    return { pdf: print(job) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function print({ template, inputs, images, fontFiles }: PrintJob): Uint8Array {
  compiler ??= NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: fontFiles.map((file) => readFileSync(file)) }] });
  compiler.resetShadow();
  for (const [name, bytes] of images) compiler.mapShadow(join(workspace, name), Buffer.from(bytes));
  const compiled = compiler.compile({ mainFileContent: template, inputs });
  if (!compiled.result) throw new Error(JSON.stringify(compiled.takeError()?.shortDiagnostics));
  try {
    return compiler.pdf(compiled.result, { pdfStandard: 'ua-1' });
  } catch (error) {
    // A name may hold characters no font of ours has; PDF/UA then refuses, a tagged PDF prints a box.
    if (!String(error).includes('could not be displayed')) throw error;
    return compiler.pdf(compiled.result, {});
  } finally {
    compiler.evictCache(10);
  }
}

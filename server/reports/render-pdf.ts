import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { packageRoot } from '../package-root.js';
import type { PrintableReport } from './report-document.js';

const require = createRequire(import.meta.url);

const fontFiles = [
  '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  '@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf',
  '@expo-google-fonts/noto-sans-armenian/400Regular/NotoSansArmenian_400Regular.ttf',
  '@expo-google-fonts/noto-sans-armenian/600SemiBold/NotoSansArmenian_600SemiBold.ttf',
  'vazirmatn/fonts/ttf/Vazirmatn-Regular.ttf',
  'vazirmatn/fonts/ttf/Vazirmatn-SemiBold.ttf',
];

/**
 * Prints a report: tagged PDF, PDF/UA-1 wherever our fonts have every character of its texts. The same report gives the same
 * bytes. Nothing is read but the template, the fonts and what is handed in: the compiler's folder is empty.
 */
export async function renderPdf(report: PrintableReport): Promise<Uint8Array> {
  const workspace = mkdtempSync(join(tmpdir(), 'throughline-report-'));
  try {
    const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: fonts() }] });
    for (const [name, svg] of report.images) compiler.mapShadow(join(workspace, name), Buffer.from(svg));
    const compiled = compiler.compile({
      mainFileContent: readFileSync(join(packageRoot, 'server/reports/summary.typ'), 'utf8'),
      inputs: { report: JSON.stringify(report.document) },
    });
    if (!compiled.result) {
      const diagnostics: unknown = compiled.takeError()?.shortDiagnostics;
      throw new Error(`The report could not be laid out: ${JSON.stringify(diagnostics)}`);
    }
    try {
      return compiler.pdf(compiled.result, { pdfStandard: 'ua-1' });
    } catch (error) {
      // A name may hold characters no font of ours has; PDF/UA then refuses, a tagged PDF prints a box.
      if (!String(error).includes('could not be displayed')) throw error;
      return compiler.pdf(compiled.result, {});
    } finally {
      compiler.evictCache(0);
    }
  } finally {
    rmSync(workspace, { recursive: true });
  }
}

let fontBlobs: Buffer[] | undefined;

function fonts(): Buffer[] {
  fontBlobs ??= fontFiles.map((file) => readFileSync(require.resolve(file)));
  return fontBlobs;
}

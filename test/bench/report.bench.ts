import { expect, test } from 'vitest';
import { drawBoards } from '#server/reports/board-pages.js';
import { prepareReport } from '#server/reports/make-report.js';
import { readSummary } from '#server/reports/read-summary.js';
import { renderPdf } from '#server/reports/render-pdf.js';
import { ReportSpecBody } from '#server/reports/report-spec.js';
import { sampleContext } from '../server/reports/summary-company.js';
import { chartsDrawn, openSite } from '../web/browser.js';

/** Of the summary of two pages, once its data is there and its process runs. */
const mostMs = 150;
const mostBytes = 300_000;

test('a summary is printed in time, and sooner than a browser prints the same board', { timeout: 900_000 }, async () => {
  const context = await sampleContext();
  const alone = await prepareReport(context, ReportSpecBody.parse({}));
  const spec = ReportSpecBody.parse({ boards: ['delay'] });
  const [withBoard, facts] = [await prepareReport(context, spec), await readSummary(context, spec)];
  const pdf = await renderPdf(alone.printable);
  const summary = await median(() => renderPdf(alone.printable));
  const board = await median(async () => {
    await drawBoards(facts.boards);
    await renderPdf(withBoard.printable);
  });
  const site = await openSite();
  const { page } = await site.open('/boards/delay');
  await chartsDrawn(page);
  const printed = await median(() => page.pdf({ format: 'A4' }));
  const opened = await median(async () => {
    await page.goto(`${site.address}/boards/delay`);
    await chartsDrawn(page);
    await page.pdf({ format: 'A4' });
  });
  await site.close();
  process.stdout.write(
    [
      `summary of two pages: ${summary.toFixed(0)} ms (at most ${mostMs} ms), ${pdf.byteLength} bytes (at most ${mostBytes})`,
      `summary with the delay board, its charts drawn: ${board.toFixed(0)} ms`,
      `headless Chromium, the delay board: printed alone ${printed.toFixed(0)} ms, opened, drawn and printed ${opened.toFixed(0)} ms`,
      `ratio: ${(opened / board).toFixed(1)} to 1\n`,
    ].join('\n'),
  );
  expect(Buffer.from(await renderPdf(alone.printable)).equals(Buffer.from(pdf))).toBe(true);
  expect(pdf.byteLength).toBeLessThan(mostBytes);
  expect(summary).toBeLessThan(mostMs);
  expect(board).toBeLessThan(opened);
});

async function median(work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let run = 0; run < 7; run++) {
    const begun = performance.now();
    await work();
    taken.push(performance.now() - begun);
  }
  return taken.sort((one, other) => one - other)[3] ?? Number.NaN;
}

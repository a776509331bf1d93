import type { SyncProgress } from '#etl/sync.js';

/** More often is more than anyone reads. */
const everyMs = 200;

export interface ProgressLine {
  show: (progress: SyncProgress) => void;
  clear: () => void;
}

/** One line that is written over while a sync runs; on anything but a terminal, nothing. */
export function progressLine(out: NodeJS.WriteStream): ProgressLine {
  let shownAt = -Infinity;
  return {
    show({ connection, records, progress }) {
      const now = performance.now();
      if (!out.isTTY || now - shownAt < everyMs) return;
      shownAt = now;
      const share = progress?.total ? `, ${Math.floor((100 * progress.done) / progress.total)} %` : '';
      out.write(`\r\x1b[K${connection}: ${records} records${share}`);
    },
    clear() {
      if (out.isTTY && shownAt > -Infinity) out.write('\r\x1b[K');
    },
  };
}

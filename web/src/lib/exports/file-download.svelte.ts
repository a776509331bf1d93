import type { QueryExportBody, ViewFormat } from '#server/api.js';
import { fileAnswer } from '../api';
import { saveFile } from '../download/chart-file';
import { wordsOf } from '../failure';

export const formats = ['csv', 'xlsx', 'json', 'ndjson', 'arrow', 'parquet'] as const satisfies ViewFormat[];

/** How each kind of file is called. */
export const formatNames: Record<ViewFormat, string> = {
  csv: 'CSV',
  xlsx: 'XLSX',
  json: 'JSON',
  ndjson: 'NDJSON',
  arrow: 'Arrow',
  parquet: 'Parquet',
};

/** From so many rows on the file goes to the disk as it comes, where the browser can do that; below, memory holds it. */
const rowsForDisk = 200_000;
/** How often the page is told of progress. */
const toldEveryMs = 100;

/** What the reader wants to have, and how much that may be. */
export interface FileWish {
  /** The address of a view, or a query. */
  asked: string | QueryExportBody;
  format: ViewFormat;
  /** Suggested where the server names none. */
  name: string;
  estimatedRows: number | null;
}

interface Target {
  write(chunk: Uint8Array<ArrayBuffer>): Promise<unknown> | void;
  /** Only now there is a file. */
  finish(name: string): Promise<void>;
  discard(): Promise<void>;
}

/** The File System Access API, which not every browser has. */
interface PickingWindow {
  showSaveFilePicker?(options: { suggestedName: string }): Promise<FileSystemFileHandle>;
}

/** A file on its way to the reader. A whole one arrives or none: what breaks off or is cancelled leaves nothing under its name. */
export class FileDownload {
  state = $state<'none' | 'running' | 'done' | 'cancelled' | 'failed'>('none');
  bytes = $state(0);
  /** Lines so far of a kind of file that has a line for each row; null: cannot be told. */
  rows = $state<number | null>(null);
  estimatedRows = $state<number | null>(null);
  name = $state('');
  error = $state('');
  #controller: AbortController | null = null;

  async start(wish: FileWish): Promise<void> {
    this.cancel();
    const controller = new AbortController();
    this.#controller = controller;
    let target: Target | null = null;
    try {
      target = await targetFor(wish);
      [this.state, this.bytes, this.error, this.name] = ['running', 0, '', wish.name];
      this.rows = wish.format === 'csv' || wish.format === 'ndjson' ? 0 : null;
      this.estimatedRows = wish.estimatedRows;
      const answer = await fileAnswer(wish.asked, controller.signal);
      this.name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? wish.name;
      const told = Number(answer.headers.get('throughline-estimated-rows') ?? NaN);
      if (Number.isFinite(told)) this.estimatedRows = told;
      await this.#take(answer, target);
      await target.finish(this.name);
      this.state = 'done';
    } catch (error) {
      await target?.discard();
      if (isCancelled(error)) {
        if (this.#controller === controller) this.state = 'cancelled';
        return;
      }
      this.error = wordsOf(error);
      this.state = 'failed';
    }
  }

  cancel(): void {
    this.#controller?.abort();
  }

  async #take(answer: Response, target: Target): Promise<void> {
    const reader = answer.body?.getReader();
    let [bytes, lines, toldAt] = [0, 0, 0];
    const tell = () => {
      this.bytes = bytes;
      if (this.rows !== null) this.rows = lines;
    };
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      bytes += part.value.byteLength;
      if (this.rows !== null) for (const byte of part.value) if (byte === 10) lines += 1;
      await target.write(part.value);
      if (performance.now() - toldAt > toldEveryMs) {
        toldAt = performance.now();
        tell();
      }
    }
    tell();
  }
}

async function targetFor({ name, format, estimatedRows }: FileWish): Promise<Target> {
  const { showSaveFilePicker } = window as PickingWindow;
  if (showSaveFilePicker && (estimatedRows ?? 0) >= rowsForDisk) {
    const handle = await showSaveFilePicker.call(window, { suggestedName: `${name}.${format}` });
    // Goes to a file beside it, which takes the name when it is closed.
    const file = await handle.createWritable();
    return { write: (chunk) => file.write(chunk), finish: () => file.close(), discard: () => file.abort() };
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  return {
    write: (chunk) => void parts.push(chunk),
    finish: async (name) => saveFile(name, new Blob(parts)),
    discard: async () => void parts.splice(0),
  };
}

function isCancelled(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

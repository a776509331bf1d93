/** Rows of one batch: enough to make it worth its head, few enough that memory stays flat. */
export const batchRows = 8_192;

/** Bytes of one batch, as they come: long texts make it shorter. */
export const batchBytes = 2 ** 22;

/** The values of one column in one batch. */
export interface ColumnValues {
  /** A bit for each row, the lowest first; set where there is a value. */
  present: Uint8Array;
  nullCount: number;
  /** Whole numbers, instants, days and floating numbers by row; null for texts and decimals. Booleans are 0 and 1. */
  numbers: Int32Array | BigInt64Array | Float64Array | null;
  /** Of texts and decimals: where each begins in `bytes`, and where the last ends. */
  offsets: Int32Array;
  bytes: Buffer;
}

/** Some rows, column by column. */
export interface ColumnBatch {
  length: number;
  columns: ColumnValues[];
}

export function isPresent({ present }: ColumnValues, row: number): boolean {
  return ((present[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
}

/** The text of a row that has one. */
export function textOf({ bytes, offsets }: ColumnValues, row: number): string {
  return bytes.toString('utf8', offsets[row], offsets[row + 1]);
}

/** 64-bit numbers by halves, the lower first: read on its own, each would be an object. */
export function halvesOf(numbers: BigInt64Array): Int32Array {
  return new Int32Array(numbers.buffer, numbers.byteOffset, numbers.length * 2);
}

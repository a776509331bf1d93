import type pg from 'pg';

/** One value of an answer: numbers as numbers, instants as ISO text, everything else as text. */
export type EngineValue = number | string | boolean | null;
export type EngineRow = Record<string, EngineValue>;

/** Runs the text of a metric over the relations of the schema `measured`. Both engines take the same text and give the same numbers. */
export interface MetricEngine {
  readonly name: 'duckdb' | 'postgres';
  /** Where nobody wants the answer any more, which `signal` tells, the columnar copy breaks it off and throws the reason of the signal. */
  query(sql: string, parameters?: readonly string[], signal?: AbortSignal): Promise<EngineRow[]>;
  /** The same of a select over the relations of connections and names, which is answered out of memory until they are taken over anew. */
  queryNames?(sql: string): Promise<EngineRow[]>;
  /** Of an engine that is broken off: the one that is not, for what others will use too. */
  readonly lasting?: MetricEngine;
  /**
   * Keeps the rows of a select in memory, beside the facts, and those of further ones that give the same columns, each asked for when the
   * one before is done: what is worked out in parts takes less memory meanwhile. Absent where every statement brings its rows along.
   */
  hold?(sql: string, parameters: readonly string[], further?: Iterable<Select> | AsyncIterable<Select>): Promise<HeldRows>;
  /** Takes over what was derived since; readers see the version before whole until then. */
  refresh(): Promise<{ version: number }>;
  /** Of the facts that answers come from. */
  version(): Promise<number>;
  close(): Promise<void>;
}

export interface Select {
  sql: string;
  parameters: readonly string[];
}

/** The engine for one who may leave: what is asked by then is broken off, what is kept for others is not. */
export function whileWanted(engine: MetricEngine, signal: AbortSignal): MetricEngine {
  return { ...engine, lasting: engine, query: (sql, parameters) => engine.query(sql, parameters, signal) };
}

/** Rows that were kept, under the name statements read them by. */
export interface HeldRows {
  readonly relation: string;
  /** Lets go of them once no statement reads them. */
  drop(): Promise<void>;
}

export interface EngineOptions {
  pool: pg.Pool;
  /** Where the columnar copy lives; made if absent. */
  directory: string;
  engine: 'duckdb' | 'postgres';
}

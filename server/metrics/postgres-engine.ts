import pg from 'pg';
import type { EngineRow, EngineValue, MetricEngine } from './engine.js';
import { gate } from './gate.js';

/**
 * A page or summary asks dozens at once; those that wait do so here, not for a connection, which others need and which runs out of time.
 */
const mostAtOnce = 4;

/** Answers from the facts where they are derived: slower than the columnar copy, the same numbers. */
export function openPostgresEngine(pool: pg.Pool): MetricEngine {
  const version = () => factsVersion(pool);
  const inTurn = gate(mostAtOnce);
  return {
    name: 'postgres',
    async query(sql, parameters = []) {
      const asked = { text: sql, values: [...parameters], types: { getTypeParser: parserOf } };
      const result = await inTurn(() => pool.query<EngineRow>(asked));
      return result.rows;
    },
    refresh: async () => ({ version: await version() }),
    version,
    close: async () => {},
  };
}

/** Version of the derived facts. */
export async function factsVersion(pool: pg.Pool | pg.ClientBase): Promise<number> {
  const { rows } = await pool.query<{ version: number }>('select version::float8 as version from facts.state');
  return rows[0]?.version ?? 0;
}

const { builtins } = pg.types;
const parsers = new Map<number, (text: string) => EngineValue>([
  [builtins.BOOL, (text) => text === 't'],
  [builtins.INT2, Number],
  [builtins.INT4, Number],
  [builtins.INT8, Number],
  [builtins.FLOAT4, Number],
  [builtins.FLOAT8, Number],
  [builtins.NUMERIC, Number],
  [builtins.TIMESTAMPTZ, isoInstant],
]);

function parserOf(oid: number): (text: string) => EngineValue {
  return parsers.get(oid) ?? ((text) => text);
}

function isoInstant(text: string): string {
  return text.endsWith('infinity') ? text : new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString();
}

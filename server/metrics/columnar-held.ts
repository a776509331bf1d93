import type { HeldRows } from './engine.js';

/** Where the relations live: attached in memory, beside the file of the copy. */
export const heldSchema = 'held';

/** Relations that are held until dropped, and by then until the last statement that reads them has ended. */
export interface HeldRelations {
  /** Runs what reads; which relations that are is seen by their names, which nothing else is called. */
  reading<Answer>(sql: string, read: () => Promise<Answer>): Promise<Answer>;
  /** Makes a relation of the name it is given. */
  add(make: (relation: string) => Promise<unknown>): Promise<HeldRows>;
}

export function heldRelations(remove: (relation: string) => Promise<unknown>): HeldRelations {
  const readersOf = new Map<string, Set<Promise<unknown>>>();
  let made = 0;
  return {
    reading(sql, read) {
      const touched = [...readersOf].filter(([relation]) => sql.includes(`${relation} `)).map(([, readers]) => readers);
      const answer = read().finally(() => touched.forEach((readers) => readers.delete(answer)));
      for (const readers of touched) readers.add(answer);
      return answer;
    },
    async add(make) {
      const relation = `${heldSchema}.rows_${++made}`;
      await make(relation).catch(async (error: unknown) => {
        await remove(relation);
        throw error;
      });
      const readers = new Set<Promise<unknown>>();
      readersOf.set(relation, readers);
      return {
        relation,
        async drop() {
          await Promise.allSettled(readers);
          readersOf.delete(relation);
          await remove(relation);
        },
      };
    },
  };
}

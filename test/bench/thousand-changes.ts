import type pg from 'pg';

const rounds = 4;
const lookEveryMs = 20;
const mostWaitMs = 120_000;

/** Finished items from all over the two years and from all over the tables, whose order is that of the ids. */
const chosen = `
  select item_id
  from facts.item
  where outcome = 'done'
  order by md5(item_id::text)
  limit 1000`;

const rate = `
  with rated as (
    insert into core.event (item_id, event_id, at, seq, kind, rating, record_id)
    select item_id, md5('rated' || item_id)::uuid, timestamptz '2026-11-15T12:00:00Z', 1000, 'rated', 1, md5('rated' || item_id)::uuid
    from (${chosen}) c
    returning item_id
  )
  insert into facts.dirty (item_id) select item_id from rated`;

const unrate = `
  with gone as (
    delete from core.event e
    using (${chosen}) c
    where e.item_id = c.item_id and e.event_id = md5('rated' || c.item_id)::uuid
    returning e.item_id
  )
  insert into facts.dirty (item_id) select item_id from gone`;

/**
 * Loads a further event of 1,000 items and waits until the number on the page has it, then takes the events back and waits again.
 * Milliseconds of each change, from the committed load on.
 */
export async function changeThousand(pool: pg.Pool, numberOnPage: () => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  await pool.query(unrate);
  let number = await settled(numberOnPage);
  for (let round = 0; round < rounds; round++) {
    const isAdded = round % 2 === 0;
    const expected = number + (isAdded ? 1_000 : -1_000);
    await pool.query(isAdded ? rate : unrate);
    times.push(await waitedFor(numberOnPage, expected));
    number = expected;
  }
  return times;
}

async function waitedFor(numberOnPage: () => Promise<number>, expected: number): Promise<number> {
  const begin = performance.now();
  for (;;) {
    if ((await numberOnPage()) === expected) return performance.now() - begin;
    const waited = performance.now() - begin;
    if (waited > mostWaitMs) throw new Error(`The page does not show ${expected} after ${waited} ms.`);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

/** The number once it has stayed for as long as a round takes to be looked for. */
async function settled(numberOnPage: () => Promise<number>): Promise<number> {
  let last = await numberOnPage();
  for (let same = 0; same < 5;) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const now = await numberOnPage();
    same = now === last ? same + 1 : 0;
    last = now;
  }
  return last;
}

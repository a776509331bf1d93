import type pg from 'pg';
import {
  addLinked,
  createMeeting,
  createMembers,
  createOutdated,
  createTouched,
  deleteOldJourneys,
  insertJourneyHandoffs,
  insertJourneys,
  insertSteps,
  publishTouched,
  relabel,
  shortenMeeting,
} from './journey.sql.js';

/** Derives the journeys of the items just derived, within their transaction and as part of their version. */
export async function deriveJourneys(client: pg.PoolClient, version: number): Promise<void> {
  await client.query(createTouched);
  await untilNothingChanges(client, addLinked);
  await client.query(createOutdated);
  for (const statement of deleteOldJourneys) await client.query(statement);
  await client.query(createMembers);
  while (await meet(client));
  await client.query(insertSteps);
  await client.query(insertJourneyHandoffs);
  await client.query(insertJourneys);
  await client.query(publishTouched, [version]);
  await client.query('drop table touched, outdated, member, becoming');
}

/** Joins what is linked; false where nothing was left to join. */
async function meet(client: pg.PoolClient): Promise<boolean> {
  const met = await client.query(createMeeting);
  if (met.rowCount) {
    await untilNothingChanges(client, shortenMeeting);
    await client.query(relabel);
  }
  await client.query('drop table meeting');
  return met.rowCount !== 0;
}

async function untilNothingChanges(client: pg.PoolClient, statement: string): Promise<void> {
  while ((await client.query(statement)).rowCount);
}

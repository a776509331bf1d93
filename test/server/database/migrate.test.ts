import pg from 'pg';
import { afterAll, expect, inject, test } from 'vitest';
import { migrations } from '#etl/model/database.js';
import { migrate, refuseOldServer } from '#server/database/migrate.js';

const cluster = inject('clusterUrl');
const names: string[] = [];

async function emptyDatabase(): Promise<string> {
  const name = `migrate_${process.pid}_${names.length}`;
  names.push(name);
  await onCluster(`create database ${name}`);
  return cluster.replace(/postgres$/, name);
}

async function onCluster(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: cluster });
  await client.connect();
  await client.query(statement);
  await client.end();
}

afterAll(async () => {
  for (const name of names) await onCluster(`drop database ${name} with (force)`);
});

test('of twenty that start at once one migrates', async () => {
  const url = await emptyDatabase();
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => migrate(url)));
  const applied = outcomes.filter((names) => names.length > 0);
  expect(applied).toEqual([migrations.map((migration) => migration.name)]);
});

test('a schema that is up to date is left alone', async () => {
  const url = await emptyDatabase();
  await migrate(url);
  expect(await migrate(url)).toEqual([]);
});

test('a server older than 15 is refused, with its version', () => {
  expect(() => refuseOldServer({ number: 140_012, version: '14.12' })).toThrow('The database is PostgreSQL 14.12; 15 or later is needed.');
  expect(() => refuseOldServer({ number: 150_000, version: '15.0' })).not.toThrow();
});

test('a host that does not exist is named', async () => {
  await expect(migrate('postgres://me:secret@no-such-host.invalid/work')).rejects.toThrow(
    /^The database me@no-such-host\.invalid:5432\/work cannot be used: (no such host|the host name cannot be looked up); correct DATABASE_URL\.$/,
  );
});

import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, expect } from 'vitest';
import { signals, type Capabilities, type Signal } from '#etl/connector.js';
import { metricItems } from '#server/metrics/items.js';
import type { MetricEngine } from '#server/metrics/engine.js';
import { openMetricEngine } from '#server/metrics/open-engine.js';
import { queryMetric } from '#server/metrics/query.js';
import type { MetricRequest } from '#server/metrics/request.js';
import type { MetricResult, MetricRow } from '#dashboards/metric-result.js';

/** Facts written by hand, as the derivation would leave them. What is not named has a harmless default. */
export interface ItemFacts {
  name: string;
  created: string;
  /** Absent: nobody has begun. */
  started?: string | null;
  /** Null or absent while open. */
  ended?: string | null;
  outcome?: 'open' | 'done' | 'cancelled' | 'unknown';
  connection?: string;
  type?: string;
  service?: string | null;
  channel?: string | null;
  priority?: string | null;
  team?: string | null;
  firstTeam?: string | null;
  customer?: string | null;
  /** Since when the customer is one. */
  customerSince?: string | null;
  excluded?: string | null;
  leadBusinessSeconds?: number | null;
  cycleBusinessSeconds?: number | null;
  firstResponse?: string | null;
  cycles?: { opened: string; resolved?: string | null; reopened?: string | null; team?: string }[];
  intervals?: {
    from: string;
    to: string | null;
    court?: string;
    team?: string | null;
    owned?: boolean;
    duePast?: boolean;
    nextStep?: boolean;
    fresh?: boolean;
  }[];
  handoffs?: {
    at: string;
    from: string;
    to: string;
    level?: 'team' | 'person';
    returns?: 'direct' | 'indirect' | null;
    acted?: string | null;
    until?: string | null;
    businessSeconds?: number;
    /** When the sender let go; absent, at the handoff. */
    left?: string;
    note?: boolean | null;
    /** Asked or said again after it; absent: nobody said anything. */
    reask?: boolean;
    repeat?: boolean;
  }[];
  promises?: {
    said: string;
    due: string;
    until?: string | null;
    asked?: boolean;
    movedSeconds?: number | null;
    isAfterDue?: boolean | null;
  }[];
  words?: {
    at: string;
    side?: 'team' | 'customer' | 'system';
    public?: boolean;
    bot?: boolean;
    thanks?: boolean;
    chase?: boolean;
    reason?: boolean;
    due?: string;
  }[];
  delays?: { from: string; to: string | null; late?: boolean; silent?: boolean; explained?: boolean; team?: string }[];
  /** Persons who had it, one after the other. */
  owners?: { from: string; to: string | null; person: string }[];
  ratings?: { at: string; rating: number; team?: string | null }[];
  turns?: { asked: string; answered?: string | null; until?: string | null }[];
  /** Items that became this one. */
  cameFrom?: { item: string; at: string; touched?: string | null; isBetweenSystems?: boolean; note?: boolean | null; repeat?: boolean }[];
  /** A journey began with this one. */
  journey?: { ended: string | null; outcome?: 'open' | 'done' | 'cancelled' | 'unknown' };
  silences?: { from: string; to: string | null; oursSeconds?: number | null; team?: string }[];
}

export interface ConnectionFacts {
  name: string;
  asOf: string | null;
  /** Signals it lacks. */
  lacks?: Signal[];
  /** First trustworthy instant of every signal. */
  from?: string;
}

export function id(kind: string, name: string): string {
  return createHash('md5')
    .update(`${kind}:${name}`)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const idOrNull = (kind: string, name: string | null | undefined) => (name == null ? null : id(kind, name));
const orInfinity = (at: string | null | undefined) => at ?? 'infinity';

/** Replaces connections and facts of the database; each call is a new version. */
export async function writeFacts(pool: pg.Pool, connections: ConnectionFacts[], items: ItemFacts[]): Promise<void> {
  await pool.query(`truncate facts.item, facts.cycle, facts.interval, facts.handoff, facts.promise, facts.silence, facts.word,
    facts.handoff_word, facts.delay, facts.ownership, facts.rating, facts.turn, facts.journey, facts.journey_step,
    facts.journey_handoff, facts.removed,
    core.team, core.customer, ingest.connection cascade`);
  await pool.query('update facts.state set version = version + 1, identity = gen_random_uuid()');
  await addConnections(pool, connections);
  await addItems(pool, connections[0]?.name ?? '', items);
}

/** Adds items as a derivation would: as a new version. */
export async function addItems(pool: pg.Pool, connection: string, items: ItemFacts[]): Promise<void> {
  const { rows } = await pool.query<{ version: string }>('update facts.state set version = version + 1 returning version');
  const version = rows[0]?.version;
  const all = items.map((item) => ({ ...item, connection: item.connection ?? connection }));
  const teams = new Set(all.flatMap((item) => [item.team, item.firstTeam, ...teamsOf(item)]).filter((name) => name != null));
  const customers = new Set(all.map((item) => item.customer).filter((name) => name != null));
  const owner = id('connection', connection);
  await insert(
    pool,
    'core.team',
    [...teams].map((name) => ({ id: id('team', name), connection_id: owner, external_id: name, name })),
  );
  await insert(
    pool,
    'core.customer',
    [...customers].map((name) => ({
      id: id('customer', name),
      connection_id: owner,
      external_id: name,
      name,
      since_at: all.find((item) => item.customer === name)?.customerSince ?? null,
    })),
  );
  await insert(
    pool,
    'facts.item',
    all.map((item) => itemRow(item, version)),
  );
  await insert(
    pool,
    'facts.cycle',
    rowsOf(
      all,
      (item) => item.cycles,
      (cycle) => ({
        opened_at: cycle.opened,
        resolved_at: cycle.resolved ?? null,
        reopened_at: cycle.reopened ?? null,
        team_id: idOrNull('team', cycle.team),
      }),
    ),
  );
  await insert(
    pool,
    'facts.interval',
    rowsOf(
      all,
      (item) => item.intervals,
      (interval) => ({
        from_at: interval.from,
        to_at: orInfinity(interval.to),
        court: interval.court ?? 'ours_active',
        team_id: idOrNull('team', interval.team),
        person_id: null,
        is_owned: interval.owned ?? true,
        is_due_past: interval.duePast ?? false,
        has_next_step: interval.nextStep ?? true,
        is_fresh: interval.fresh ?? true,
        is_unmapped: false,
      }),
    ),
  );
  await insert(
    pool,
    'facts.handoff',
    rowsOf(
      all,
      (item) => item.handoffs,
      (handoff) => ({
        level: handoff.level ?? 'team',
        left_at: handoff.left ?? handoff.at,
        at: handoff.at,
        from_id: id('team', handoff.from),
        to_id: id('team', handoff.to),
        returns: handoff.returns ?? null,
        acted_at: handoff.acted ?? null,
        until_at: orInfinity(handoff.until),
        wait_business_seconds: handoff.businessSeconds ?? null,
        has_note: handoff.note ?? null,
      }),
    ),
  );
  await insert(
    pool,
    'facts.handoff_word',
    rowsOf(
      all,
      (item) => item.handoffs,
      (handoff) => ({
        level: handoff.level ?? 'team',
        receiver_words: handoff.reask === undefined ? 0 : 1,
        customer_words: handoff.repeat === undefined ? 0 : 1,
        is_reask: handoff.reask ?? false,
        is_repeat: handoff.repeat ?? false,
      }),
    ).filter((row) => row.receiver_words !== 0 || row.customer_words !== 0),
  );
  await insert(
    pool,
    'facts.word',
    rowsOf(
      all,
      (item) => item.words,
      (word) => ({
        at: word.at,
        side: word.side ?? 'team',
        is_public: word.public ?? true,
        is_bot: word.bot ?? false,
        due_at: word.due ?? null,
        is_chase: word.chase ?? false,
        gives_reason: word.reason ?? false,
        gives_date: word.due !== undefined,
        is_question: false,
        is_repeat: false,
        is_thanks: word.thanks ?? false,
        is_reask: false,
      }),
    ),
  );
  await insert(
    pool,
    'facts.promise',
    rowsOf(
      all,
      (item) => item.promises,
      (promise, n, item) => ({
        said_at: promise.said,
        due_at: promise.due,
        until_at: orInfinity(promise.until),
        moved_seconds: promise.movedSeconds ?? null,
        is_after_due: promise.isAfterDue ?? null,
        asked_by_customer: promise.asked ?? false,
        is_last: n === item.promises?.length,
      }),
    ),
  );
  await insert(
    pool,
    'facts.ownership',
    rowsOf(
      all,
      (item) => item.owners,
      ({ from, to, person }) => ({ level: 'person', owner_id: id('person', person), from_at: from, to_at: orInfinity(to) }),
    ),
  );
  await insert(
    pool,
    'facts.rating',
    rowsOf(
      all,
      (item) => item.ratings,
      ({ at, rating, team }, _n, item) => ({ at, rating, team_id: idOrNull('team', team ?? item.team) }),
    ),
  );
  await insert(
    pool,
    'facts.turn',
    rowsOf(
      all,
      (item) => item.turns,
      (turn) => ({
        asked_at: turn.asked,
        answered_at: turn.answered ?? null,
        until_at: orInfinity(turn.until ?? turn.answered),
        team_id: null,
      }),
    ),
  );
  await insert(
    pool,
    'facts.journey_handoff',
    all.flatMap((item) =>
      (item.cameFrom ?? []).map(({ item: from, at, touched, isBetweenSystems, note, repeat }) => ({
        item_id: id('item', item.name),
        from_item_id: id('item', from),
        journey_id: id('item', from),
        is_between_systems: isBetweenSystems ?? true,
        linked_at: at,
        at,
        touched_at: touched ?? null,
        until_at: orInfinity(item.ended),
        has_note: note === undefined ? true : note,
        is_repeat: repeat ?? false,
      })),
    ),
  );
  await insert(
    pool,
    'facts.journey',
    all.flatMap(({ name, created, journey }) =>
      journey
        ? [
            {
              journey_id: id('item', name),
              started_at: created,
              ended_at: orInfinity(journey.ended),
              outcome: journey.outcome ?? (journey.ended === null ? 'open' : 'done'),
              items: 2,
              systems: 2,
              handoffs: 1,
              system_handoffs: 1,
            },
          ]
        : [],
    ),
  );
  await insert(
    pool,
    'facts.delay',
    rowsOf(
      all,
      (item) => item.delays,
      (delay) => ({
        from_at: delay.from,
        to_at: orInfinity(delay.to),
        team_id: idOrNull('team', delay.team),
        is_late: delay.late ?? !(delay.silent ?? false),
        is_silent: delay.silent ?? false,
        is_explained: delay.explained ?? false,
      }),
    ),
  );
  await insert(
    pool,
    'facts.silence',
    rowsOf(
      all,
      (item) => item.silences,
      (silence) => ({
        from_at: silence.from,
        to_at: orInfinity(silence.to),
        ours_seconds: silence.oursSeconds ?? null,
        team_id: idOrNull('team', silence.team),
      }),
    ),
  );
}

/** Takes an item away as a derivation would. */
export async function removeItem(pool: pg.Pool, name: string): Promise<void> {
  const { rows } = await pool.query<{ version: string }>('update facts.state set version = version + 1 returning version');
  for (const table of [
    'item',
    'cycle',
    'interval',
    'handoff',
    'handoff_word',
    'delay',
    'word',
    'promise',
    'silence',
    'ownership',
    'rating',
    'turn',
  ])
    await pool.query(`delete from facts.${table} where item_id = $1`, [id('item', name)]);
  await pool.query(
    `with parted as (delete from facts.journey_handoff where $1 in (item_id, from_item_id) returning item_id)
    update facts.item i set version = $2 from parted where i.item_id = parted.item_id`,
    [id('item', name), rows[0]?.version],
  );
  await pool.query('delete from facts.journey where journey_id = $1', [id('item', name)]);
  await pool.query('insert into facts.removed (item_id, version) values ($1, $2)', [id('item', name), rows[0]?.version]);
}

async function addConnections(pool: pg.Pool, connections: ConnectionFacts[]): Promise<void> {
  await insert(
    pool,
    'ingest.connection',
    connections.map(({ name, asOf, lacks = [], from }) => ({
      id: id('connection', name),
      name,
      connector: 'csv',
      config: {},
      settings: {},
      capabilities: capabilities(lacks, from),
      map_version: 1,
      as_of_at: asOf,
      is_sample: false,
      created_at: '2020-01-01T00:00:00Z',
    })),
  );
}

function capabilities(lacks: Signal[], from: string | undefined): Capabilities {
  const of = (signal: Signal) =>
    lacks.includes(signal)
      ? { fidelity: 'none' as const, reason: `No ${signal} in the file.` }
      : { fidelity: 'full' as const, ...(from && { from }) };
  return Object.fromEntries(signals.map((signal) => [signal, of(signal)])) as Capabilities;
}

function teamsOf(item: ItemFacts): (string | null | undefined)[] {
  return [
    ...(item.cycles ?? []).map((cycle) => cycle.team),
    ...(item.intervals ?? []).map((interval) => interval.team),
    ...(item.handoffs ?? []).filter((handoff) => handoff.level !== 'person').flatMap((handoff) => [handoff.from, handoff.to]),
    ...(item.silences ?? []).map((silence) => silence.team),
    ...(item.delays ?? []).map((delay) => delay.team),
  ];
}

function itemRow(item: ItemFacts, version: string | undefined): Record<string, unknown> {
  const outcome = item.outcome ?? (item.ended ? 'done' : 'open');
  return {
    item_id: id('item', item.name),
    connection_id: idOrNull('connection', item.connection),
    version,
    type: item.type ?? 'ticket',
    service: item.service ?? null,
    channel: item.channel ?? null,
    priority: item.priority ?? null,
    language: null,
    customer_id: idOrNull('customer', item.customer),
    first_team_id: idOrNull('team', item.firstTeam ?? item.team),
    team_id: idOrNull('team', item.team),
    person_id: null,
    created_at: item.created,
    started_at: item.started ?? null,
    finished_at: outcome === 'done' ? item.ended : null,
    ended_at: orInfinity(item.ended),
    outcome,
    excluded: item.excluded ?? null,
    first_event_at: item.created,
    last_event_at: item.created,
    event_count: 1,
    lead_business_seconds: item.leadBusinessSeconds ?? null,
    cycle_business_seconds: item.cycleBusinessSeconds ?? null,
    team_handoffs: 0,
    team_returns: 0,
    team_direct_returns: 0,
    person_handoffs: 0,
    person_returns: 0,
    person_direct_returns: 0,
    resolutions: 0,
    reopens: 0,
    first_due_at: item.promises?.[0]?.due ?? null,
    last_due_at: item.promises?.at(-1)?.due ?? null,
    due_moves: 0,
    first_response_at: item.firstResponse ?? null,
  };
}

function rowsOf<Part>(
  items: ItemFacts[],
  parts: (item: ItemFacts) => Part[] | undefined,
  row: (part: Part, n: number, item: ItemFacts) => Record<string, unknown>,
): Record<string, unknown>[] {
  return items.flatMap((item) =>
    (parts(item) ?? []).map((part, index) => ({ item_id: id('item', item.name), n: index + 1, ...row(part, index + 1, item) })),
  );
}

async function insert(pool: pg.Pool, table: string, rows: Record<string, unknown>[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first).join(', ');
  await pool.query(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1) on conflict do nothing`,
    [JSON.stringify(rows)],
  );
}

/** Both engines over one database, in a directory that goes with the test file. */
export async function bothEngines(pool: pg.Pool): Promise<{ ask: Ask; compare: Ask; engines: MetricEngine[]; refresh(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'throughline-metrics-'));
  const engines = [
    await openMetricEngine({ pool, directory, engine: 'duckdb' }),
    await openMetricEngine({ pool, directory, engine: 'postgres' }),
  ];
  afterAll(async () => {
    for (const engine of engines) await engine.close();
    await rm(directory, { recursive: true, force: true });
  });
  const january = { from: '2026-01-01', to: '2026-02-01', grain: 'all', zone: 'UTC' } as const;
  return {
    engines,
    ask: async (request) => askBoth(engines, { ...january, ...request }),
    compare: async (request) => compareBoth(engines, { ...january, ...request }),
    refresh: async () => {
      for (const engine of engines) await engine.refresh();
    },
  };
}

export type Ask = (request: Partial<MetricRequest> & { metric: string }) => Promise<MetricResult>;

/** Asks both engines and insists that they agree. */
async function compareBoth(engines: MetricEngine[], request: MetricRequest): Promise<MetricResult> {
  const [columnar, relational] = await Promise.all(engines.map((engine) => queryMetric(engine, request)));
  if (!columnar || !relational) throw new Error('Both engines must answer.');
  expectSame(columnar.rows, relational.rows);
  expect({ ...columnar, rows: [] }).toEqual({ ...relational, rows: [] });
  return columnar;
}

/** Asks both engines, insists that they agree and that each mark opens to as many units as it counts. */
async function askBoth(engines: MetricEngine[], request: MetricRequest): Promise<MetricResult> {
  const columnar = await compareBoth(engines, request);
  const isSplit = request.by || columnar.rows.some((row) => row.by !== null);
  for (const row of columnar.rows) {
    const segment = isSplit ? { segment: row.by } : {};
    for (const engine of engines)
      expect(await metricItems(engine, { ...request, bucket: row.bucket, ...segment })).toHaveProperty('total', row.n);
  }
  return columnar;
}

/** Equal to 1e-9, relative to the size of the number. */
export function expectSame(left: MetricRow[], right: MetricRow[]): void {
  expect(left.map(rounded)).toEqual(right.map(rounded));
}

function rounded(row: MetricRow): unknown {
  return JSON.parse(JSON.stringify(row, (_key, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(10)) : value)));
}

/** The one row of a result. */
export function only(result: MetricResult): MetricRow {
  expect(result.rows).toHaveLength(1);
  return result.rows[0] as MetricRow;
}

import { describe, expect, test } from 'vitest';
import type { DimensionDrivers, DriversResponse } from '#server/api.js';
import { metricDrivers, type DriversRequest } from '#server/metrics/drivers/drivers.js';
import { sampleDatabase } from '../../support/sample-company.js';
import { bothEngines } from './support/measured.js';

/** What etl/connectors/sample/truths.ts planted is named first when one asks why a number changed. */
const { pool } = await sampleDatabase();
const { engines } = await bothEngines(pool);
const start = '2025-05-19';
const end = '2026-11-16';

async function since(change: string, request: Omit<DriversRequest, 'from' | 'to' | 'against' | 'zone'>): Promise<DriversResponse> {
  const [engine] = engines;
  if (!engine) throw new Error('No engine.');
  return metricDrivers(engine, { ...request, from: change, to: end, against: { from: start, to: change }, zone: 'Europe/Berlin' });
}

function chosen({ by, dimensions }: DriversResponse): DimensionDrivers {
  const [best] = dimensions;
  if (!best || best.by !== by) throw new Error(`"${by}" is not the first of ${dimensions.map((one) => one.by).join(', ')}.`);
  return best;
}

describe('asked why, the metrics name', () => {
  test.each([
    ['the pair of teams that the reorganisation broke', '2026-05-18', { metric: 'handoff-wait' }, 'pair', 'Onboarding → Delivery North'],
    ['the service whose dates move', '2026-06-01', { metric: 'goalpost-gap', value: 'gapUnasked' }, 'service', 'Site installation'],
    ['the same service by the number of moves', '2026-06-01', { metric: 'slip-moves' }, 'service', 'Site installation'],
    ['the team that fell silent', '2026-09-07', { metric: 'silence' }, 'team', 'Billing'],
    [
      'the type whose slow half got slower',
      '2026-07-13',
      { metric: 'tail-ratio', filters: { connection: ['Sample helpdesk'] } },
      'type',
      'Incident',
    ],
  ] as const)('%s', async (_name, change, request, by, segment) => {
    const answer = await since(change, {
      ...request,
      filters: 'filters' in request ? { connection: [...request.filters.connection] } : {},
    });
    expect(answer.by).toBe(by);
    const [first, ...others] = chosen(answer).segments;
    expect(first).toMatchObject({ segment, evidence: 'signal' });
    expect(first?.share).toBeGreaterThan(80);
    expect(others.filter((other) => other.share > 25)).toEqual([]);
    // It is what they do that changed, not how much of the work is theirs.
    expect(Math.abs(first?.mix ?? Infinity)).toBeLessThan(0.2 * Math.abs(first?.rate ?? 0));
  });

  test('the service that goes to and fro, above all services', async () => {
    const answer = await since('2026-06-15', {
      metric: 'returns',
      value: 'direct',
      by: 'service',
      filters: { connection: ['Sample helpdesk'] },
    });
    expect(chosen(answer).segments[0]).toMatchObject({ segment: 'Cloud telephony', evidence: 'signal' });
    expect(chosen(answer).explained).toBeGreaterThan(60);
  });

  test.each(['first-response', 'lead-time', 'silence'])('nobody for %s of Sales, where nothing is planted', async (metric) => {
    const answer = await since('2026-05-18', { metric, filters: { connection: ['Sample CRM'] } });
    expect([answer.by, answer.evidence]).toEqual([null, 'noise']);
  });
});

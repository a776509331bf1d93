import type { Capabilities, Connector, MappedRecord, Page, RawRecord, UnreadableRecord } from '#etl/connector.js';
import { RejectedRecord, signals } from '#etl/connector.js';
import type { ConnectorRegistry } from '#etl/connectors/index.js';

type PageRecords = Page['records'];

/** A source whose records are already in the model's words; what it holds is set by the test. */
export class FakeSource {
  pages: PageRecords[] = [];
  sourceNow: string | null = null;
  /** Fails before the page of this number, counted from 0. */
  failsAt: number | null = null;
  mapVersion = 1;
  /** All show the same pages; those that are broken fail with the error before the first. */
  streams = ['records'];
  order: 'asc' | 'unsorted' = 'asc';
  broken: Record<string, Error> = {};
  reads = 0;
  readonly connectors: ConnectorRegistry = { fake: fakeConnector(this) };
}

function fakeConnector(source: FakeSource): Connector {
  return {
    id: 'fake',
    get mapVersion() {
      return source.mapVersion;
    },
    configSchema: { parse: (value) => value },
    secretNames: [],
    check: () => Promise.resolve({ ok: true, findings: [] }),
    discover: () =>
      Promise.resolve({
        streams: source.streams.map((name) => ({ name, order: source.order, grain: 's' })),
        capabilities: Object.fromEntries(signals.map((signal) => [signal, { fidelity: 'full' }])) as Capabilities,
        settings: { statuses: { open: 'ours_active', closed: 'done' } },
        calendars: [],
      }),
    async *read(_config, stream, from): AsyncGenerator<Page> {
      if (source.broken[stream]) throw source.broken[stream];
      const start = (from?.state as { page?: number } | undefined)?.page ?? 0;
      for (let number = start; number < source.pages.length; number += 1) {
        if (source.failsAt === number) throw new Error('the line is dead');
        source.reads += 1;
        yield {
          records: source.pages[number] ?? [],
          next: { v: 1, state: { page: number + 1 } },
          done: number === source.pages.length - 1,
          sourceNow: source.sourceNow,
        };
      }
    },
    map: (_config, _stream, record) => {
      const { reject, ...mapped } = record.payload as unknown as MappedRecord & { reject?: string };
      if (reject !== undefined) throw new RejectedRecord('rejected', reject);
      return mapped;
    },
  };
}

/** A record that says one status change of an item. `at` is the minute of 2026-01-05. */
export function change(
  id: string,
  item: string,
  minute: number,
  more: { status?: string; team?: string; title?: string; type?: string } = {},
): RawRecord {
  const at = new Date(Date.UTC(2026, 0, 5, 0, minute)).toISOString();
  const { title, type = 'task', ...said } = more;
  return record(id, {
    item: { externalId: item, asOfAt: at, asOfSeq: minute, type, ...(title === undefined ? {} : { title }) },
    events: [{ externalId: id, kind: 'changed', at, seq: minute, ...said }],
  });
}

export function record(externalId: string, mapped: MappedRecord & { reject?: string }, op: RawRecord['op'] = 'upsert'): RawRecord {
  return { externalId, payload: JSON.parse(JSON.stringify(mapped)), op, position: `record ${externalId}` };
}

export function unreadable(position: string, raw = 'garbage'): UnreadableRecord {
  return { unreadable: { code: 'garbage', reason: 'It is not a record.', position, raw: Buffer.from(raw) } };
}

import type { ItemFacts } from './measured.js';

/** A repeatable sequence of numbers in 0..1 (mulberry32). */
export function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const hourMs = 3_600_000;
const begin = Date.parse('2025-12-20T00:00:00Z');
/** The data's own time of what is generated: some items are still open then. */
export const generatedAsOf = '2026-01-28T12:34:56Z';

/** Items with every kind of fact, of three teams and two connections; consistent enough to be measured, otherwise random. */
export function generatedItems(count: number, seed: number): ItemFacts[] {
  const next = sequence(seed);
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(next() * values.length)] as Value;
  return Array.from({ length: count }, (_, index): ItemFacts => {
    const created = begin + Math.floor(next() * 40 * 24 * 60) * 60_000;
    const length = Math.ceil(next() ** 3 * 300 * 3_600) * 1_000;
    const outcome = pick(['done', 'done', 'done', 'done', 'cancelled', 'unknown', 'open', 'open'] as const);
    const end = created + length;
    const ended = outcome === 'open' ? null : iso(end);
    const team = pick(['Alpha', 'Beta', 'Line,\n"two"']);
    const other = pick(['Alpha', 'Beta']);
    const cut = created + Math.floor((length * next()) / 1_000) * 1_000;
    const handed = cut > created && cut < end;
    const due = created + Math.floor(next() * 200) * hourMs;
    const moved = due + Math.floor(next() * 40 - 10) * hourMs;
    const isMoved = next() < 0.5;
    const movedAt = created + Math.floor((length * next()) / 1_000) * 1_000;
    const answered = created + Math.floor(next() * 50 * 3_600) * 1_000;
    const customer = pick(['Acme', 'Beşiktaş A.Ş.', 'شرکت', null]);
    return {
      name: `item ${seed} ${index}`,
      connection: pick(['desk', 'field']),
      created: iso(created),
      started: handed ? iso(cut) : null,
      ended,
      outcome,
      type: pick(['incident', 'request']),
      service: pick(['mail', 'web', '', null]),
      channel: pick(['phone', 'web', null]),
      priority: index % 2 ? 'high' : null,
      team,
      firstTeam: other,
      customer,
      customerSince: customer === null ? null : (customersSince[customer] ?? null),
      excluded: next() < 0.03 ? 'spam' : null,
      leadBusinessSeconds: outcome === 'done' ? Math.floor(length / 3_000) : null,
      cycleBusinessSeconds: outcome === 'done' && handed ? Math.floor((end - cut) / 3_000) : null,
      firstResponse: next() < 0.8 && (ended === null || answered <= end) ? iso(answered) : null,
      cycles: [
        {
          opened: iso(created),
          resolved: handed ? iso(cut) : null,
          reopened: handed && next() < 0.3 ? iso(cut + Math.floor(next() * 10 * 24) * hourMs) : null,
          team,
        },
      ],
      intervals: [
        ...(handed
          ? [
              {
                from: iso(created),
                to: iso(cut),
                court: pick(courts),
                team: other,
                owned: next() < 0.8,
                fresh: next() < 0.7,
                nextStep: next() < 0.6,
                duePast: next() < 0.2,
              },
            ]
          : []),
        {
          from: iso(handed ? cut : created),
          to: ended,
          court: pick(courts),
          team,
          owned: next() < 0.8,
          fresh: next() < 0.5,
          nextStep: next() < 0.5,
          duePast: next() < 0.4,
        },
      ].filter((interval) => interval.to === null || interval.from < interval.to),
      handoffs: handed
        ? [
            {
              at: iso(cut),
              from: other,
              to: team,
              returns: pick([null, null, 'direct', 'indirect'] as const),
              acted: next() < 0.7 ? iso(Math.min(end, cut + Math.floor(next() * 9) * hourMs)) : null,
              until: ended,
              businessSeconds: 600,
              left: iso(cut - (index % 4) * hourMs),
              note: index % 3 > 0,
              reask: index % 11 === 0,
              repeat: index % 13 === 0,
            },
            { at: iso(cut), from: other, to: team, level: 'person' as const, note: index % 5 > 0, returns: null, until: ended },
          ]
        : [],
      promises:
        next() < 0.7
          ? [
              { said: iso(created), due: iso(due), until: isMoved ? iso(movedAt) : ended },
              ...(isMoved
                ? [
                    {
                      said: iso(movedAt),
                      due: iso(moved),
                      until: ended,
                      asked: next() < 0.3,
                      movedSeconds: (moved - due) / 1_000,
                      isAfterDue: movedAt > due,
                    },
                  ]
                : []),
            ]
          : [],
      words: [2, 30, 90].map((hours) => ({
        at: iso(created + hours * hourMs),
        side: index % 3 ? ('customer' as const) : ('team' as const),
        thanks: index % 6 === 1,
        chase: index % 3 !== 0 && hours !== 2,
        reason: index % 3 === 0 && hours === 30,
      })),
      owners: [
        { from: iso(created), to: handed ? iso(cut) : null, person: pick(['ann', 'bob']) },
        ...(handed ? [{ from: iso(cut), to: null, person: 'cem' }] : []),
      ],
      ratings: next() < 0.4 ? [{ at: iso(end + Math.floor(next() * 300) * hourMs), rating: pick([0, 0.25, 0.5, 1]) }] : [],
      cameFrom:
        index % 4 === 1
          ? [
              {
                item: `item ${seed} ${index - 1}`,
                at: iso(created - 3_600_000),
                touched: index % 3 ? iso(created + 5_400_000) : null,
                isBetweenSystems: index % 5 > 0,
                note: index % 7 === 1 ? null : index % 7 > 3,
                repeat: index % 11 === 1,
              },
            ]
          : [],
      ...(index % 4 === 0 && { journey: { ended, outcome } }),
      turns: Array.from({ length: Math.floor(next() * 4) }, (_turn, n) => ({
        asked: iso(created + n * hourMs),
        answered: iso(created + n * hourMs + 600_000),
      })),
      delays: handed ? [{ from: iso(cut), to: ended, silent: next() < 0.5, explained: next() < 0.4, team }] : [],
      silences: [
        { from: iso(created), to: iso(answered), oursSeconds: Math.floor((answered - created) / 2_000), team },
        ...(outcome === 'open' ? [{ from: iso(answered), to: null, team }] : []),
      ],
    };
  });
}

/** One a customer for long, one new, one that became one during the time. */
const customersSince: Record<string, string> = {
  Acme: '2024-01-01T00:00:00Z',
  'Beşiktaş A.Ş.': '2025-12-01T00:00:00Z',
  شرکت: '2026-01-05T00:00:00Z',
};

const courts = ['ours_active', 'ours_waiting', 'customer', 'third_party'] as const;

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

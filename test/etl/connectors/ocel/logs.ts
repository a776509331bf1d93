/** A log in the words of OCEL 2.0. `time` is left out where the test wants it missing. */
export interface Log {
  objects: {
    id: string;
    type: string;
    attributes?: { name: string; time: string; value: string | number | boolean }[];
    relationships?: { objectId: string; qualifier: string }[];
  }[];
  events: {
    id: string;
    type: string;
    time?: string;
    attributes?: { name: string; value: string | number }[];
    relationships?: { objectId: string; qualifier: string }[];
  }[];
}

/** One repair that two people touch, ordered by one customer, which becomes an invoice. */
export const repairs: Log = {
  objects: [
    {
      id: 'R1',
      type: 'Repair',
      attributes: [
        { name: 'state', time: '1970-01-01T00:00:00Z', value: 'waiting' },
        { name: 'urgency', time: '1970-01-01T00:00:00Z', value: 'high' },
        { name: 'due', time: '1970-01-01T00:00:00Z', value: '2026-03-06T16:00:00Z' },
        { name: 'state', time: '2026-03-03T10:00:00+01:00', value: 'in work' },
        { name: 'due', time: '2026-03-03T12:00:00Z', value: '2026-03-09T16:00:00Z' },
      ],
      relationships: [
        { objectId: 'I1', qualifier: 'is billed by' },
        { objectId: 'C7', qualifier: 'is for' },
      ],
    },
    { id: 'I1', type: 'Invoice' },
    { id: 'C7', type: 'Customer', attributes: [{ name: 'name', time: '1970-01-01T00:00:00Z', value: 'Acme & Söhne' }] },
    { id: 'W1', type: 'Workshop', attributes: [{ name: 'name', time: '1970-01-01T00:00:00Z', value: 'North' }] },
    { id: 'P1', type: 'Mechanic' },
    { id: 'P2', type: 'Mechanic' },
  ],
  events: [
    {
      id: 'e1',
      type: 'Take in',
      time: '2026-03-02T09:00:00Z',
      attributes: [{ name: 'desk', value: 3 }],
      relationships: [
        { objectId: 'R1', qualifier: 'taken in' },
        { objectId: 'W1', qualifier: 'goes to' },
        { objectId: 'P2', qualifier: 'taken by' },
      ],
    },
    {
      id: 'e2',
      type: 'Repair',
      time: '2026-03-03T09:00:00Z',
      relationships: [
        { objectId: 'P1', qualifier: 'done by' },
        { objectId: 'R1', qualifier: 'repaired' },
      ],
    },
    {
      id: 'e3',
      type: 'Bill',
      time: '2026-03-04T09:00:00Z',
      relationships: [
        { objectId: 'R1', qualifier: 'billed' },
        { objectId: 'I1', qualifier: 'bill' },
      ],
    },
    { id: 'e4', type: 'Train', time: '2026-03-05T09:00:00Z', relationships: [{ objectId: 'P1', qualifier: 'trained' }] },
  ],
};

export function json(log: object): string {
  return JSON.stringify(
    { eventTypes: [{ name: 'Take in', attributes: [{ name: 'desk', type: 'integer' }] }], objectTypes: [], ...log },
    null,
    2,
  );
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const tag = (name: string, attributes: Record<string, string | undefined>, content: string) =>
  `<${name}${Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escaped(value)}"`]))
    .join('')}>${content}</${name}>\n`;

export function xml({ objects, events }: Log): string {
  const relations = (list: Log['events'][number]['relationships'] = []) =>
    tag('objects', {}, list.map(({ objectId, qualifier }) => tag('relationship', { 'object-id': objectId, qualifier }, '')).join(''));
  const attributes = (list: { name: string; time?: string; value: string | number | boolean }[] = []) =>
    tag('attributes', {}, list.map(({ name, time, value }) => tag('attribute', { name, time }, escaped(String(value)))).join(''));
  const body = [
    tag(
      'object-types',
      {},
      tag('object-type', { name: 'Repair' }, tag('attributes', {}, tag('attribute', { name: 'state', type: 'string' }, ''))),
    ),
    tag('event-types', {}, tag('event-type', { name: 'Bill' }, tag('attributes', {}, ''))),
    tag(
      'objects',
      {},
      objects
        .map(({ id, type, ...rest }) => tag('object', { id, type }, attributes(rest.attributes) + relations(rest.relationships)))
        .join(''),
    ),
    tag(
      'events',
      {},
      events
        .map(({ id, type, time, ...rest }) => tag('event', { id, type, time }, attributes(rest.attributes) + relations(rest.relationships)))
        .join(''),
    ),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag('log', {}, body.join(''))}`;
}

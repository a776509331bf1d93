import type { JsonSchema } from '#server/openapi/described-by.js';

/** Texts for patterns and refinements that JSON Schema cannot work out. */
const texts: [matches: (schema: JsonSchema, name: string) => boolean, text: string][] = [
  [({ format }) => format === 'uuid', '10000000-0000-4000-8000-000000000001'],
  [({ format }) => format === 'date', '2026-03-02'],
  [({ format }) => format === 'date-time', '2099-03-02T10:00:00Z'],
  [(_, name) => /address/i.test(name), 'ada@example.test'],
  [(_, name) => name === 'zone', 'Europe/Berlin'],
  [(_, name) => name === 'at', '08:00'],
  [(_, name) => name === 'path', '/boards/delay'],
  [(_, name) => name === 'url', 'https://192.0.2.1/'],
  [(_, name) => name === 'metric', 'promises-kept'],
  [(_, name) => name === 'board', 'delay'],
  [(_, name) => name === 'chart', 'on-time'],
  [(_, name) => name === 'connector', 'csv'],
  [(_, name) => name === 'from', '2026-03-02'],
  [(_, name) => name === 'to', '2026-04-02'],
];

/** A value that a JSON Schema takes, with every property it names. */
export function sampleOf(schema: JsonSchema, name = ''): unknown {
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  const choices = (schema['oneOf'] ?? schema['anyOf']) as JsonSchema[] | undefined;
  if (choices?.[0]) return sampleOf(choices[0], name);
  const type = Array.isArray(schema['type']) ? (schema['type'] as string[])[0] : schema['type'];
  if (type === 'object') {
    const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
    return Object.fromEntries(Object.entries(properties).map(([key, held]) => [key, sampleOf(held, key)]));
  }
  if (type === 'array') return [sampleOf((schema['items'] ?? {}) as JsonSchema, name)];
  if (type === 'integer' || type === 'number') return schema['minimum'] ?? 1;
  if (type === 'boolean') return false;
  if (type === 'null') return null;
  const known = texts.find(([matches]) => matches(schema, name))?.[1];
  return known ?? 'a'.repeat(Math.max(1, Number(schema['minLength'] ?? 1)));
}

export type Place = (string | number)[];

/** Every place of a value, the whole of it first. */
export function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, held]) => placesIn(held, [...at, Array.isArray(value) ? Number(key) : key]))];
}

/** The same with another value at one place. */
export function withValue(value: unknown, [key, ...rest]: Place, put: unknown): unknown {
  if (key === undefined) return put;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[key] = withValue(copy[key], rest, put);
  return copy;
}

/** A JSON Schema as the description of the API has it. */
export type Schema = Readonly<Record<string, unknown>>;

const deepest = 2;

/** A schema in a line: `text ≤ 200`, `release | holiday`, `{ name, kind? }[]`. What lies deeper than two levels is left to the document. */
export function inShort(schema: Schema, depth = 0): string {
  const { type, format, minLength, maxLength, minimum, maximum } = schema;
  if ('const' in schema) return JSON.stringify(schema['const']);
  const { enum: named } = schema;
  if (Array.isArray(named)) return named.map(String).join(' | ');
  const choices = [schema['anyOf'], schema['oneOf']].find(Array.isArray);
  if (choices) return [...new Set(choices.map((one) => inShort(asSchema(one), depth + 1)))].join(' | ');
  if (type === 'array') return listed(inShort(asSchema(schema['items']), depth));
  if (type === 'object') return depth >= deepest ? '{ … }' : object(schema, depth);
  if (type === 'string') return ranged(typeof format === 'string' ? format : 'text', minLength, maxLength);
  if (type === 'integer' || type === 'number') return ranged(type, minimum, maximum);
  return typeof type === 'string' ? type : '…';
}

/** The smallest value that a schema takes, to begin with: what may be left out is left out. */
export function exampleOf(schema: Schema): unknown {
  if ('const' in schema) return schema['const'];
  if ('default' in schema) return schema['default'];
  const { enum: named, type, format } = schema;
  if (Array.isArray(named)) return named[0];
  const choices = [schema['anyOf'], schema['oneOf']].find(Array.isArray);
  if (choices) return exampleOf(asSchema(choices[0]));
  if (type === 'object') {
    const wanted = requiredOf(schema);
    return Object.fromEntries(fieldsOf(schema).flatMap(([name, field]) => (wanted.includes(name) ? [[name, exampleOf(field)]] : [])));
  }
  if (type === 'array')
    return typeof schema['minItems'] === 'number' && schema['minItems'] > 0 ? [exampleOf(asSchema(schema['items']))] : [];
  if (type === 'integer' || type === 'number') return typeof schema['minimum'] === 'number' ? Math.max(1, schema['minimum']) : 1;
  if (type === 'boolean') return true;
  return format === 'date' ? '2026-01-05' : format === 'email' ? 'you@company.com' : '…';
}

export function fieldsOf(schema: Schema): [name: string, field: Schema][] {
  return Object.entries(asSchema(schema['properties'])).map(([name, field]) => [name, asSchema(field)]);
}

export function requiredOf(schema: Schema): string[] {
  return Array.isArray(schema['required']) ? schema['required'].map(String) : [];
}

export function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? (value as Schema) : {};
}

function object(schema: Schema, depth: number): string {
  const wanted = requiredOf(schema);
  const fields = fieldsOf(schema).map(([name, field]) => {
    const label = wanted.includes(name) ? name : `${name}?`;
    return depth === 0 ? `${label}: ${inShort(field, depth + 1)}` : label;
  });
  return fields.length === 0 ? '{ … }' : `{ ${fields.join(', ')} }`;
}

function listed(one: string): string {
  return one.includes(' | ') ? `(${one})[]` : `${one}[]`;
}

/** Bounds that are only the largest whole number say nothing. */
function ranged(name: string, least: unknown, most: unknown): string {
  const from = typeof least === 'number' && least > Number.MIN_SAFE_INTEGER && least !== 0 ? least : null;
  const to = typeof most === 'number' && most < Number.MAX_SAFE_INTEGER ? most : null;
  if (from !== null && to !== null) return from === to ? `${name} of ${from}` : `${name} ${from}–${to}`;
  return from !== null ? `${name} ≥ ${from}` : to !== null ? `${name} ≤ ${to}` : name;
}

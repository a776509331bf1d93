import type { ConnectorField } from '#server/api.js';

/** What the fields begin with: their defaults, or what a connection has now. */
export function beginning(fields: readonly ConnectorField[], config: Record<string, unknown> = {}): Record<string, string> {
  return Object.fromEntries(
    fields.filter(({ kind }) => kind !== 'object').map((field) => [field.name, written(config[field.name] ?? field.default)]),
  );
}

/** What was entered, in the types the connector wants; empty fields are left out, so that their defaults hold. */
export function configFrom(fields: readonly ConnectorField[], values: Record<string, string>): Record<string, unknown> {
  const given = fields.filter(({ name, kind }) => kind !== 'object' && String(values[name] ?? '').trim() !== '');
  return Object.fromEntries(given.map(({ name, kind }) => [name, valueOf(kind, String(values[name]).trim())]));
}

function valueOf(kind: ConnectorField['kind'], text: string): unknown {
  if (kind === 'number') return Number(text);
  if (kind === 'yes-no') return text === 'true';
  if (kind === 'list')
    return text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  return text;
}

function written(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  return value === null || value === undefined || typeof value === 'object' ? '' : String(value as string | number | boolean);
}

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { SourceError, type Json } from '../connector.js';
import { nearest } from './nearest.js';

/**
 * Reads and checks a mapping in YAML. Returns it as written, so that it can be stored and checked again.
 * Throws `SourceError` naming file, line and column, what is wrong, and the known keys or values.
 */
export async function readMapping(path: string, schema: z.ZodType): Promise<Json> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new SourceError(`The mapping ${path} cannot be read; check the path.`, { cause });
  });
  return parseMapping(text, schema, basename(path));
}

/** A mapping in YAML, every scalar as text. Throws `SourceError` with each place that is wrong and the known keys. */
export function parseMapping(text: string, schema: z.ZodType, name: string): Json {
  const lines = new LineCounter();
  // Every scalar stays text: 007 keeps its zeros, and no cell value turns into a number by accident.
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) throw new SourceError(`${place(name, lines, error.pos[0])}: not YAML: ${error.message}.`);
  if (!isMap(document.contents)) throw new SourceError(`${name}: a mapping is a list of keys; see the example in etl/mappings/README.md.`);
  const mapping = document.toJS() as Json;
  const result = schema.safeParse(mapping);
  if (result.success) return mapping;
  const problems = result.error.issues.flatMap((issue) =>
    describe(issue, schema, mapping).map((found) => ({ ...found, at: offsetOf(document, found.path) })),
  );
  throw new SourceError(problems.map((found) => `${place(name, lines, found.at)}: ${found.message}`).join('\n'));
}

interface Found {
  path: PropertyKey[];
  message: string;
}

function describe(issue: z.core.$ZodIssue, schema: z.ZodType, mapping: Json): Found[] {
  const where = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, issue.path);
    return issue.keys.map((key) => {
      const close = nearest(key, known);
      return {
        path: [...issue.path, key],
        message: `unknown key "${key}"${close ? `; did you mean "${close}"?` : '.'} Known here: ${known.join(', ')}.`,
      };
    });
  }
  if (issue.code === 'invalid_value') {
    const given = String(valueAt(mapping, issue.path) ?? '');
    const known = issue.values.map(String);
    const close = nearest(given, known);
    return [
      {
        path: issue.path,
        message: `${where}: "${given}" is not known${close ? `; did you mean "${close}"?` : '.'} Known: ${known.join(', ')}.`,
      },
    ];
  }
  if (issue.code === 'invalid_type' && valueAt(mapping, issue.path) === undefined)
    return [{ path: issue.path, message: `${where} is missing.` }];
  return [{ path: issue.path, message: `${where === '' ? '' : `${where}: `}${issue.message}${/[.?]$/.test(issue.message) ? '' : '.'}` }];
}

interface SchemaNode {
  properties?: Record<string, SchemaNode>;
  additionalProperties?: SchemaNode | boolean;
  items?: SchemaNode;
}

function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let node = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'output', reused: 'inline' }) as SchemaNode;
  for (const key of path) {
    const inner = typeof key === 'number' ? node.items : (node.properties?.[String(key)] ?? node.additionalProperties);
    node = typeof inner === 'object' ? inner : {};
  }
  return Object.keys(node.properties ?? {});
}

function valueAt(mapping: Json, path: readonly PropertyKey[]): Json | undefined {
  let value: Json | undefined = mapping;
  for (const key of path) value = value !== null && typeof value === 'object' ? (value as Record<PropertyKey, Json>)[key] : undefined;
  return value;
}

/** Where the deepest part of the path that exists begins; for a key of a map, the key. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((candidate) => isScalar(candidate.key) && candidate.key.value === key);
      if (pair && isScalar(pair.key)) return pair.key.range?.[0] ?? 0;
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isScalar(node)) return node.range?.[0] ?? 0;
  }
  return 0;
}

function place(name: string, lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `${name} line ${line} column ${col}`;
}

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { queries } from '#etl/connectors/linear/queries.js';
import { sharedFile } from '../../shared-data.js';

const schema = sharedFile('specs/linear.schema.graphql.gz');

interface Field {
  type: string;
  inputs: Set<string>;
}

/** Fields by type and name, of a schema printed in the usual way: fields are indented by two, their arguments by four. */
function typesOf(sdl: string): Map<string, Map<string, Field>> {
  const types = new Map<string, Map<string, Field>>();
  let fields = new Map<string, Field>();
  let open: Field | undefined;
  for (const line of sdl.replace(/"""[\s\S]*?"""/g, '').split('\n')) {
    const name = /^type (\w+)/.exec(line)?.[1];
    if (name) types.set(name, (fields = new Map<string, Field>()));
    const field = /^ {2}(\w+)(?:\(|: \[?(\w+))/.exec(line);
    if (field) fields.set(field[1] ?? '', (open = { type: field[2] ?? '', inputs: new Set() }));
    const input = /^ {4}(\w+):/.exec(line)?.[1];
    if (input) open?.inputs.add(input);
    const type = /^ {2}\): \[?(\w+)/.exec(line)?.[1];
    if (type && open) open.type = type;
  }
  return types;
}

/** Every field and argument of a query that its type does not have. */
function unknownIn(query: string, types: Map<string, Map<string, Field>>): string[] {
  const unknown: string[] = [];
  const path = ['Query'];
  let last: Field | undefined;
  const body = query.slice(query.indexOf('{') + 1);
  for (const [, word, inputs, bracket] of body.matchAll(/(\w+)(?:\(([^)]*)\))?|([{}])/g)) {
    if (bracket === '{') path.push(last?.type ?? '?');
    else if (bracket === '}') path.pop();
    else {
      const type = path.at(-1) ?? '';
      last = types.get(type)?.get(word ?? '');
      if (!last) unknown.push(`${type}.${word}`);
      for (const [, input = ''] of (inputs ?? '').matchAll(/(\w+):/g))
        if (!last?.inputs.has(input)) unknown.push(`${type}.${word}(${input})`);
    }
  }
  return unknown;
}

test.skipIf(schema.isAbsent)(`every query asks for what the schema of Linear has${schema.why}`, () => {
  const types = typesOf(gunzipSync(readFileSync(schema.path)).toString('utf8'));
  expect(types.get('Issue')?.get('history')?.type).toBe('IssueHistoryConnection');
  expect(unknownIn('{ viewer { id nonsense } issues(last: 1, least: 2) { nodes { id } } }', types)).toEqual([
    'User.nonsense',
    'Query.issues(least)',
  ]);
  expect(Object.values(queries).flatMap((query) => unknownIn(query, types))).toEqual([]);
});

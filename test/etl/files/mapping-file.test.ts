import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { mappingSchema } from '#etl/connectors/csv/payload.js';
import { ocelMappingSchema } from '#etl/connectors/ocel/payload.js';
import { pushConfigSchema } from '#etl/connectors/push/payload.js';
import { sqlConfigSchema } from '#etl/connectors/sql/payload.js';
import { parseMapping, readMapping } from '#etl/files/mapping-file.js';
import { mappingPath } from '../shared-data.js';

const good = `rows: events
item:
  id: number
  type: { value: incident }
event:
  at: updated
  status: state
statuses:
  New: ours_waiting
times:
  zone: Europe/Berlin
`;

const problemOf = (text: string) => {
  try {
    parseMapping(text, mappingSchema, 'my.yaml');
    return 'no problem';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

describe('a mapping', () => {
  test('is accepted as written', () => {
    expect(problemOf(good)).toBe('no problem');
  });

  test('with a mistyped key names line, key, the nearest and the known ones', () => {
    expect(problemOf(good.replace('  status: state', '  statsu: state'))).toBe(
      'my.yaml line 7 column 3: unknown key "statsu"; did you mean "status"? Known here: id, at, order, status, team, person, actor, due, message.',
    );
  });

  test('with a mistyped top key does the same', () => {
    expect(problemOf(good.replace('statuses:', 'statusses:'))).toContain(
      'my.yaml line 8 column 1: unknown key "statusses"; did you mean "statuses"?',
    );
  });

  test('with a meaning nobody knows names the known ones', () => {
    expect(problemOf(good.replace('ours_waiting', 'ours_waitin'))).toBe(
      'my.yaml line 9 column 3: statuses.New: "ours_waitin" is not known; did you mean "ours_waiting"? Known: ours_active, ours_waiting, customer, third_party, done, cancelled, unmapped.',
    );
  });

  test('with a wrong zone names the line and the nearest zone', () => {
    expect(problemOf(good.replace('Europe/Berlin', 'Europe/Berlyn'))).toBe(
      'my.yaml line 11 column 3: times.zone: "Europe/Berlyn" is not a zone of the IANA list; did you mean "Europe/Berlin"?',
    );
  });

  test('without what it needs says what is missing', () => {
    expect(problemOf(good.replace('  id: number\n', ''))).toBe('my.yaml line 2 column 1: item.id is missing.');
    expect(problemOf(good.replace('  at: updated\n', ''))).toContain('an event log needs the time of its events: event.at');
    expect(problemOf(good.replace('rows: events', 'rows: items'))).toContain(
      'an item list needs the time its items were created: item.created',
    );
  });

  test('that is no YAML says where', () => {
    expect(problemOf('rows: [events\nitem: x')).toContain('my.yaml line 2');
    expect(problemOf('just text')).toContain('a mapping is a list of keys');
  });

  test('keeps numbers as they are written', () => {
    const mapping = parseMapping(`${good}missing: [007, -100]\n`, mappingSchema, 'my.yaml');
    expect(mapping).toMatchObject({ missing: ['007', '-100'] });
  });
});

test.each(readdirSync(mappingPath('.')).filter((name) => name.endsWith('.yaml')))(
  'the mapping %s that comes with the project is valid',
  async (name) => {
    await expect(readMapping(mappingPath(name), mappingSchema)).resolves.toBeTypeOf('object');
  },
);

test('every example of the guides is valid', async () => {
  const examplesOf = async (path: string) =>
    [...(await readFile(path, 'utf8')).matchAll(/```yaml\n(.*?)```/gs)].flatMap((match) => match[1] ?? []);
  const examples = await examplesOf(mappingPath('README.md'));
  const push = await examplesOf(fileURLToPath(new URL('../../../docs/push.md', import.meta.url)));
  const schemas = [mappingSchema, mappingSchema, ocelMappingSchema, sqlConfigSchema.omit({ mapping: true }), pushConfigSchema];
  expect([examples.length, push.length]).toEqual([4, 1]);
  for (const [index, example] of [...examples, ...push].entries()) {
    expect(() => parseMapping(example, schemas[index] ?? mappingSchema, 'the guide')).not.toThrow();
  }
});

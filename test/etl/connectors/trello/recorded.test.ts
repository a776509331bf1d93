import { expect, test } from 'vitest';
import type { Json } from '#etl/connector.js';
import { trelloConnector } from '#etl/connectors/trello/connector.js';
import { configSchema } from '#etl/connectors/trello/payload.js';
import { expectedRows, recordedRows } from '../recorded-rows.js';
import { sharedFile } from '../../shared-data.js';

const tables = 'devlake-fixtures/trello/e2e';
const cards = sharedFile(`${tables}/raw_tables/_raw_trello_cards.csv`);
const lists = sharedFile(`${tables}/raw_tables/_raw_trello_lists.csv`);
const expected = sharedFile(`${tables}/snapshot_tables/_tool_trello_cards.csv`);
const expectedLists = sharedFile(`${tables}/snapshot_tables/_tool_trello_lists.csv`);

interface Told {
  id: string;
  name: string;
  idBoard: string;
}

test.skipIf(cards.isAbsent)(`every card that DevLake holds is read as DevLake reads it${cards.why}`, () => {
  const listNames = Object.fromEntries((recordedRows(lists.path) as Told[]).map(({ id, name }) => [id, name]));
  const config = configSchema.parse({ boards: ['6402f643d23aa9af56b28f4b'] });
  const read = (recordedRows(cards.path) as Told[]).map((card) => {
    const payload = { card, actions: [], names: { boards: {}, lists: listNames, members: {} } } as unknown as Json;
    const { item, events } = trelloConnector.map(config, 'cards', { externalId: card.id, op: 'upsert', payload });
    return {
      id: item?.externalId,
      name: item?.title,
      url: item?.url,
      at: item?.asOfAt,
      status: events?.[0]?.status,
      team: events?.[0]?.team,
    };
  });
  const known = expectedRows(expected.path);
  const calledBy = new Map(expectedRows(expectedLists.path).map(({ id, name }) => [id, name]));
  expect(known.length).toBeGreaterThan(0);
  for (const row of known) {
    expect(read).toContainEqual({
      id: row['id'],
      name: row['name'],
      url: row['url'],
      at: row['date_last_activity']?.replace('+00:00', 'Z'),
      status: row['closed'] === '1' ? 'Archived' : calledBy.get(row['id_list'] ?? ''),
      team: row['id_board'],
    });
  }
});

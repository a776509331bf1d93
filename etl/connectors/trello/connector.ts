import { courtsOf, full, none } from '../../capability.js';
import type { Capabilities, CheckResult, Connector, ConnectionSettings, Context, Presence, StatusMeaning } from '../../connector.js';
import { calendarsOf, settingsOf } from '../../files/connection-settings.js';
import { clockFinding } from '../../http/clock.js';
import { checked } from '../checked.js';
import { guessMeaning } from '../guess-meaning.js';
import { TrelloClient, trelloSecrets } from './client.js';
import { archived, complete, mapCard } from './map.js';
import { configSchema, type TrelloConfig } from './payload.js';
import { cardIds, readCards } from './read.js';

/** Trello: the cards of boards with their actions. A status is a list, or that the card is complete or archived; a team is a board. */
export const trelloConnector: Connector<TrelloConfig> = {
  id: 'trello',
  mapVersion: 2,
  configSchema,
  secretNames: trelloSecrets,
  address: ({ url }) => new URL(url).origin,
  check,
  async discover(config, context) {
    const settings = await settingsFor(config, context);
    return {
      streams: [{ name: 'cards', order: 'asc', grain: 'ms' }],
      capabilities: capabilitiesOf(config, Object.values(settings.statuses ?? {})),
      settings,
      calendars: calendarsOf(config, 'UTC'),
    };
  },
  read: (config, _stream, from, context) => readCards(config, from, context),
  census: (config, context) => cardIds(new TrelloClient(config, context), config.boards),
  async look(config, externalId, context): Promise<Presence> {
    const card = await new TrelloClient(config, context).card(externalId, 'id');
    return typeof card === 'string' ? card : 'present';
  },
  map: (config, _stream, record) => mapCard(config, record),
  dependsOn: ({ url, boards, statuses: _statuses, settings: _settings, calendar: _calendar, ...mapping }) => ({
    identity: { url: url.replace(/\/+$/, ''), boards },
    mapping,
  }),
};

function check(config: TrelloConfig, context: Context): Promise<CheckResult> {
  return checked(async () => {
    const client = new TrelloClient(config, context);
    const { name, at, limit } = await client.me();
    const findings = [`Signed in as ${name}.`];
    for (const board of config.boards) {
      const { name: called } = await client.board(board);
      let cards = 0;
      for await (const { rows } of client.cards(board, null, 'id')) cards += rows.length;
      findings.push(`The board ${called} has ${cards} cards, archived ones included.`);
    }
    return {
      ok: true,
      findings: [
        ...findings,
        'Trello tells all times in UTC.',
        ...clockFinding('Trello', at, context.now()),
        `Trello allows ${limit ?? '100'} requests in 10 seconds; half of them are used.`,
      ],
    };
  });
}

async function settingsFor(config: TrelloConfig, context: Context): Promise<Partial<ConnectionSettings>> {
  const client = new TrelloClient(config, context);
  const guessed: [string, StatusMeaning][] = [];
  for (const board of config.boards) for (const { name } of await client.lists(board)) guessed.push([name, guessMeaning(name)]);
  guessed.push([complete, 'done'], [archived, 'done']);
  return { ...settingsOf(config, 'UTC'), statuses: { ...Object.fromEntries(guessed), ...config.statuses } };
}

function capabilitiesOf(config: TrelloConfig, meanings: readonly StatusMeaning[]): Capabilities {
  return {
    status: full,
    courts: courtsOf(meanings, 'No list of these boards has the meaning of a waiting one.'),
    finish: full,
    reopen: full,
    team: { fidelity: 'full', reason: 'A team is a board; hand-overs are moves from board to board.' },
    person: { fidelity: 'full', reason: 'Of several members of a card the one who came first owns it.' },
    due: full,
    'first-due': full,
    'due-history': full,
    messages: { fidelity: 'full', reason: 'A comment that was edited is told as it reads now.' },
    visibility: none('Trello does not tell comments for a customer from those among colleagues.'),
    customer:
      config.customer === 'author'
        ? { fidelity: 'full', reason: 'A customer is whoever made the card as an observer of the board; other cards have none.' }
        : full,
    rating: none('Trello has no ratings.'),
    links: {
      fidelity: 'full',
      reason: 'Trello keeps no relations between cards; links are addresses of other tools in texts and attachments.',
    },
  };
}

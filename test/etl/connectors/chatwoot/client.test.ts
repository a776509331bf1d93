import { expect, test } from 'vitest';
import type { Context } from '#etl/connector.js';
import { ChatwootClient } from '#etl/connectors/chatwoot/client.js';
import { chatwootConnector } from '#etl/connectors/chatwoot/connector.js';
import { chatwootConfigSchema } from '#etl/connectors/chatwoot/payload.js';
import { createTransport } from '#etl/http/transport.js';
import { json, localServer, virtualNetwork } from '../../http/local-server.js';

const server = await localServer();

function setUp() {
  const network = virtualNetwork({ send: createTransport([server.host]) });
  const context: Context = { signal: new AbortController().signal, now: () => new Date(), secret: async () => 'token_of_a_test', network };
  const config = chatwootConfigSchema.parse({ url: server.address, account: 4 });
  return { client: new ChatwootClient(config, context), config, context };
}

/** Answers as Chatwoot does: a hundred messages above a number, by time. */
function serveMessages(all: { id: number }[]): void {
  server.answer = (request, response) => {
    const after = Number(new URL(request.url ?? '', server.address).searchParams.get('after'));
    json(response, { payload: all.filter(({ id }) => id > after).slice(0, 100) });
  };
}

test('a conversation of more than a hundred messages is read to its end', async () => {
  const all = Array.from({ length: 250 }, (_, index) => ({ id: 10 + 3 * index }));
  serveMessages(all);
  expect(await setUp().client.messages(35)).toEqual({ messages: all, isCut: false });
});

test('messages whose numbers do not follow their times may be missing, and it says so', async () => {
  const imported = Array.from({ length: 60 }, (_, index) => ({ id: 500 + index }));
  serveMessages([...imported, ...Array.from({ length: 60 }, (_, index) => ({ id: 1 + index }))]);
  const { messages, isCut } = await setUp().client.messages(35);
  expect([messages.length, isCut]).toEqual([100, true]);
});

test('a Chatwoot that does not tell when conversations changed is refused with the remedy', async () => {
  server.answer = (_request, response) => json(response, { data: { meta: { all_count: 1 }, payload: [{ id: 35 }] } });
  await expect(setUp().client.list(1)).rejects.toThrow('update it to version 4 or later');
});

test('a token of another account is told which accounts it has', async () => {
  server.answer = (_request, response) =>
    json(response, {
      name: 'Ada',
      accounts: [
        { id: 1, role: 'agent' },
        { id: 2, role: 'agent' },
      ],
    });
  const { config, context } = setUp();
  expect(await chatwootConnector.check(config, context)).toEqual({
    ok: false,
    findings: ['The token is that of Ada, who is not in account 4; its accounts: 1, 2.'],
  });
});

test('an account whose sentences are in a language that is not known says so', async () => {
  server.answer = ({ url = '' }, response) => {
    if (url.startsWith('/api/v1/profile')) return json(response, { name: 'Ada', accounts: [{ id: 4, role: 'agent' }] });
    if (url.startsWith('/api/v1/accounts/4/conversations')) return json(response, { data: { meta: { all_count: 12 }, payload: [] } });
    json(response, { id: 4, name: 'Acme', locale: 'sv' });
  };
  const { config, context } = setUp();
  const { findings } = await chatwootConnector.check(config, context);
  expect(findings).toContain('It sees 12 conversations.');
  expect(findings.join(' ')).toContain('(sv), which are not known: name them as texts, from config/locales/sv.yml');
  expect(findings.join(' ')).toContain('give the token of an administrator');
});

import { expect, test } from 'vitest';
import { createFetch } from '#etl/http/fetch.js';
import { contextOf, json, localServer, virtualNetwork } from './local-server.js';

const server = await localServer();
const network = virtualNetwork({ allowed: [server.host] });
const credentials = async () => ({ headers: { authorization: 'token canary-of-fetch' } });
const fetchTool = createFetch({ baseUrl: server.address, context: contextOf(network), credentials });

test('answers like fetch, with our credentials and retries', async () => {
  let n = 0;
  server.answer = (_request, response) => {
    n += 1;
    json(response, { n }, { link: '<x>; rel="next"' }, n === 1 ? 502 : 201);
  };
  const answer = await fetchTool(`${server.address}issues?page=1`, { method: 'POST', body: '{"a":1}', headers: { 'x-version': '3' } });
  expect([answer.status, answer.headers.get('link'), await answer.json()]).toEqual([201, '<x>; rel="next"', { n: 2 }]);
  expect(server.requests.at(-1)).toMatchObject({
    method: 'POST',
    url: '/issues?page=1',
    headers: { authorization: 'token canary-of-fetch', 'x-version': '3' },
  });
});

test('throws a refusal, and a page that is no JSON, as every request of ours', async () => {
  server.answer = (_request, response) => json(response, { message: 'Not Found' }, {}, 404);
  await expect(fetchTool(`${server.address}issues/1`)).rejects.toMatchObject({ kind: 'not-found', status: 404 });
  server.answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<form>');
  await expect(fetchTool(`${server.address}issues/1`)).rejects.toMatchObject({ kind: 'unreadable' });
});

test('asks again for a body that is cut short', async () => {
  let n = 0;
  server.answer = (_request, response) => {
    n += 1;
    if (n > 1) json(response, { n });
    else response.writeHead(200, { 'content-type': 'application/json' }).end('{"n":');
  };
  expect(await (await fetchTool(`${server.address}issues`)).json()).toEqual({ n: 2 });
});

test('stays at the address of the connection', async () => {
  await expect(fetchTool('https://elsewhere.example.com/')).rejects.toMatchObject({ kind: 'address' });
});

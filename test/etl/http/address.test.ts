import { expect, test } from 'vitest';
import { createHttp } from '#etl/http/http.js';
import { guardedLookup, parseBaseUrl } from '#etl/http/address.js';
import { contextOf, json, localServer, virtualNetwork } from './local-server.js';

const server = await localServer();
server.answer = (_request, response) => json(response, {});
const port = server.host.split(':')[1];

const ask = (baseUrl: string, allowed: string[] = []) =>
  createHttp({ baseUrl, context: contextOf(virtualNetwork({ allowed })), credentials: async () => ({}) }).getJson('/');

test.each([
  `http://127.0.0.1:${port}`,
  `http://2130706433:${port}`,
  `http://0x7f.1:${port}`,
  `http://127.1:${port}`,
  `http://0.0.0.0:${port}`,
  `http://[::1]:${port}`,
  `http://[::ffff:127.0.0.1]:${port}`,
  `http://[64:ff9b::7f00:1]:${port}`,
  `http://localhost:${port}`,
  'http://10.1.2.3/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.0.1/',
  'http://192.0.0.8/',
  'http://198.19.0.1/',
  'http://100.64.0.1/',
  'http://100.100.100.200/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://[fc00::1]/',
  'http://[2002:7f00:1::]/',
  'http://[ff02::1]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://[fd00:ec2::254]/',
  'http://[fe80::1]/',
])('asks nothing of %s', async (address) => {
  server.requests = [];
  await expect(ask(address)).rejects.toMatchObject({ kind: 'address' });
  expect(server.requests).toEqual([]);
});

test('asks a private address that the operator allows, by host and port', async () => {
  await ask(server.address, [server.host]);
  await ask(`http://localhost:${port}`, [`localhost:${port}`]);
  await expect(ask(server.address, ['127.0.0.1:1'])).rejects.toThrow(`add ${server.host} to THROUGHLINE_ALLOW_HOSTS`);
});

test('never asks where clouds keep their metadata, allowed or not', async () => {
  await expect(ask('http://169.254.169.254/', ['169.254.169.254:80'])).rejects.toMatchObject({ kind: 'address' });
});

test('refuses a name where one of its addresses is private', async () => {
  const answers = [
    { address: '93.184.216.34', family: 4 },
    { address: '10.0.0.7', family: 4 },
  ];
  const lookup = guardedLookup(new URL('https://tool.example.com'), [], ((
    _name: string,
    _options: unknown,
    done: (...args: unknown[]) => void,
  ) => done(null, answers)) as never);
  const error = await new Promise((resolve) => lookup('tool.example.com', { all: true }, (failure) => resolve(failure)));
  expect(String(error)).toContain('tool.example.com (10.0.0.7) lies on a private network');
});

test.each([
  ['ftp://tool.example.com', 'is not spoken'],
  ['file:///etc/passwd', 'is not spoken'],
  ['https://me:pass@tool.example.com', 'carries a name or password'],
  ['tool.example.com', 'is not an address'],
])('refuses %s as the address of a tool', (address, reason) => {
  expect(() => parseBaseUrl(address)).toThrow(reason);
});

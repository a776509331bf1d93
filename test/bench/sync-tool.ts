import http from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The tool of the reference connector with very many items, made up as they are asked for, so that it needs no memory and
 * little time. Item n was changed n seconds after the start. Started with the number of items; prints its port.
 */
const items = Number(process.argv[2]);
const start = Date.UTC(2025, 0, 1);

const iso = (second: number) => new Date(start + second * 1_000).toISOString();

function item(n: number): string {
  return `{"id":${n},"title":"Item ${n} of the tool, as long as titles are","created":"${iso(n - 40_000)}","updated":"${iso(n)}","author":11,"customer":51,"initial":{"status":1,"team":${1 + (n % 3)},"person":null,"due":null}`;
}

/** Eight lines: owner, work, a reply, a note, a date, a wait, work again, the end. */
function log(n: number): string {
  const line = (index: number, rest: string) =>
    `{"id":${n * 10 + index},"at":"${iso(n - (8 - index) * 4_000)}","actor":${11 + ((n + index) % 4)},${rest}}`;
  return `[${[
    line(1, `"type":"person","to":${11 + (n % 4)}`),
    line(2, '"type":"status","to":2'),
    line(3, '"type":"reply","text":"We have looked into it and will come back to you tomorrow."'),
    line(4, '"type":"note","text":"Needs the other team."'),
    line(5, '"type":"due","to":"2026-03-02"'),
    line(6, '"type":"status","to":3'),
    line(7, `"type":"team","to":${1 + ((n + 1) % 3)}`),
    line(8, '"type":"status","to":4'),
  ].join(',')}]`;
}

const server = http.createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://tool');
  response.setHeader('content-type', 'application/json');
  response.setHeader('date', new Date(start + (items + 3_600) * 1_000).toUTCString());
  const one = /^\/items\/(\d+)$/.exec(url.pathname);
  if (one) return void response.end(log(Number(one[1])));
  const since = url.searchParams.get('since');
  const first = Math.max(1, since === null ? 1 : Math.ceil((Date.parse(since) - start) / 1_000)) + Number(url.searchParams.get('offset'));
  const withLog = url.searchParams.get('include') === 'log';
  const rows: string[] = [];
  const last = Math.min(items, first + Number(url.searchParams.get('limit')) - 1);
  for (let n = first; n <= last; n += 1) rows.push(`${item(n)}${withLog ? `,"log":${log(n)}` : ''}}`);
  response.end(`[${rows.join(',')}]`);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));

import type { IncomingMessage } from 'node:http';

/**
 * All that a request says of whom it asks: its `Host` headers, and the host of its target where that is a whole address (RFC 9112,
 * 3.2.2). Of several, two servers on the way may go by different ones.
 */
export function askedHosts({ rawHeaders, url = '' }: Pick<IncomingMessage, 'rawHeaders' | 'url'>): string[] {
  const told = rawHeaders.filter((_, n) => n % 2 === 1 && rawHeaders[n - 1]?.toLowerCase() === 'host');
  if (url.startsWith('/') || url === '*') return told;
  return [...told, URL.canParse(url) ? new URL(url).host : url];
}

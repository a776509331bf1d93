import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { HttpError } from './errors.js';

/** Networks that a tool's address may reach only where the operator names host and port. */
const privateNetworks = {
  ipv4: blockList('ipv4', [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
  ]),
  ipv6: blockList('ipv6', ['::/128', '::1/128', 'fc00::/7']),
};

/** Never: where clouds keep their metadata, what is not one host, and IPv6 addresses that hide an IPv4 one. */
const forbiddenNetworks = {
  ipv4: blockList('ipv4', ['169.254.0.0/16', '100.100.100.200/32', '224.0.0.0/4', '240.0.0.0/4']),
  ipv6: blockList('ipv6', [
    '::ffff:0:0/96',
    '64:ff9b::/96',
    '64:ff9b:1::/48',
    '2002::/16',
    '2001::/32',
    'fe80::/10',
    'fec0::/10',
    'ff00::/8',
    'fd00:ec2::254/128',
  ]),
};

/** Host and port, as in `redmine.intra:443`, that may lie on a private network. */
export type AllowedHosts = readonly string[];

/** Parses the address of a tool: http or https, no credentials in it. Throws `HttpError` naming what is wrong. */
export function parseBaseUrl(address: string): URL {
  if (!URL.canParse(address)) throw refused(`"${address}" is not an address; write it like https://tool.example.com.`);
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refused(`${url.protocol}// is not spoken; use https:// or http://.`);
  if (url.username !== '' || url.password !== '') {
    throw refused(`The address of ${url.host} carries a name or password; take them out and give them as secrets.`);
  }
  url.search = '';
  url.hash = '';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

/**
 * A path or a paging address of the tool, under its base address: the same origin and the same folder after `..` is
 * resolved. A path is taken from the base address, with or without a slash in front.
 */
export function resolveUnder(base: URL, pathOrUrl: string): URL {
  const isAbsolute = /^[a-z][a-z0-9+.-]*:/i.test(pathOrUrl) || /^[\\/]{2}/.test(pathOrUrl);
  const relative = isAbsolute ? pathOrUrl : `./${pathOrUrl.replace(/^\/+/, '')}`;
  if (!URL.canParse(relative, base)) throw refused(`"${pathOrUrl.slice(0, 120)}" is not an address under ${base.href}.`);
  const url = new URL(relative, base);
  if (url.origin !== base.origin || url.username !== '' || url.password !== '') {
    throw refused(`${base.host} points to ${url.origin}, another host; requests stay at the address of the connection.`);
  }
  if (!url.pathname.startsWith(base.pathname)) {
    throw refused(`${url.pathname} lies outside of ${base.href}; requests stay under the address of the connection.`);
  }
  url.hash = '';
  return url;
}

/** Refuses a host written as an IP address, for which no name is looked up. */
export function checkLiteral(url: URL, allowed: AllowedHosts): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) checkAddress(host, url, allowed);
}

/** Looks names up once per connect and refuses the name where any of its addresses is refused; what is connected to is what was checked. */
export function guardedLookup(url: URL, allowed: AllowedHosts, lookup: typeof systemLookup = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, '', 0);
      try {
        for (const { address } of addresses) checkAddress(address, url, allowed);
      } catch (refusal) {
        return callback(refusal as Error, '', 0);
      }
      const [first] = addresses;
      if (options.all) return callback(null, addresses, 0);
      if (!first) return callback(new Error(`${hostname} has no address.`), '', 0);
      callback(null, first.address, first.family);
    });
  };
}

function checkAddress(address: string, url: URL, allowed: AllowedHosts): void {
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  const where = address === url.hostname.replace(/^\[|\]$/g, '') ? address : `${url.hostname} (${address})`;
  if (forbiddenNetworks[family].check(address, family))
    throw refused(`${where} is an address that is never asked; give the address of the tool.`);
  if (!privateNetworks[family].check(address, family)) return;
  const entry = `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
  if (allowed.includes(entry)) return;
  throw refused(`${where} lies on a private network; if the tool is there, add ${entry} to THROUGHLINE_ALLOW_HOSTS.`);
}

function refused(message: string): HttpError {
  return new HttpError('address', message);
}

function blockList(family: 'ipv4' | 'ipv6', networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}

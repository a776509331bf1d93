/** Links of a summary name the address by which mail reaches this server; on the page they stay on it. */
export function onThisPage(url: string): string {
  const { pathname, search, hash } = new URL(url);
  return pathname + search + hash;
}

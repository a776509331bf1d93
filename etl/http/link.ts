/** Address of the relation in a `Link` header (RFC 8288), such as `next`; null where there is none. */
export function linkOf(headers: Headers, relation: string): string | null {
  for (const [, target, parameters] of (headers.get('link') ?? '').matchAll(/<([^>]*)>((?:\s*;\s*[^;,=]+=(?:"[^"]*"|[^;,"]*))*)/g)) {
    const names = /;\s*rel="?([^";,]*)"?/i.exec(parameters ?? '')?.[1]?.split(/\s+/) ?? [];
    if (target !== undefined && names.includes(relation)) return target;
  }
  return null;
}

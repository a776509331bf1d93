/** The key of an `Authorization` header; null where it has none. The scheme is told in any case of letters (RFC 9110). */
export function keyOfHeader(header: string | undefined): string | null {
  return /^bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? null;
}

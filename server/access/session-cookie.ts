import type { FastifyRequest } from 'fastify';

/** Whether a browser reaches us over TLS, which a proxy in front ends. */
export function isBehindTls(config: { publicUrl: string }): boolean {
  return config.publicUrl.startsWith('https:');
}

/** The `__Host-` name binds the cookie to this host and to TLS; on plain loopback a browser would refuse it. */
export function cookieName(isSecure: boolean): string {
  return isSecure ? '__Host-throughline' : 'throughline';
}

/** What the browser holds of its session; null: nothing. */
export function sessionTokenOf(request: Pick<FastifyRequest, 'headers'>, isSecure: boolean): string | null {
  return cookieOf(request, cookieName(isSecure));
}

/** The value of a cookie; null: the browser sent none of that name. */
export function cookieOf({ headers }: Pick<FastifyRequest, 'headers'>, name: string): string | null {
  for (const part of (headers.cookie ?? '').split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return null;
}

/** Without an age: it goes when the browser is closed, and the session ends on the server anyway. */
export function sessionCookie(token: string, isSecure: boolean): string {
  return `${cookieName(isSecure)}=${token}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
}

export function endedCookie(isSecure: boolean): string {
  return `${sessionCookie('', isSecure)}; Max-Age=0`;
}

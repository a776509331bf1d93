/** A cookie beside that of the session, for a step of a few minutes. Null takes it back. Sent with links from elsewhere, not with forms. */
export function stepCookie(name: string, value: string | null, isSecure: boolean): string {
  const age = value === null ? 'Max-Age=0; ' : '';
  return `${stepCookieName(name, isSecure)}=${value ?? ''}; ${age}Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
}

/** The `__Host-` name binds a cookie to this host and to TLS. */
export function stepCookieName(name: string, isSecure: boolean): string {
  return isSecure ? `__Host-${name}` : name;
}

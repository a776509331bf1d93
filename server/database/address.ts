/** The address of the database with another login. */
export function addressOf(databaseUrl: string, role: string, password: string): string {
  const address = new URL(databaseUrl);
  address.username = role;
  address.password = password;
  return address.toString();
}

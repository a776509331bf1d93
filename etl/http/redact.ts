/** Shorter values would blank half of every text. */
const shortestSecret = 6;
const hidden = '[hidden]';

/** Takes secrets out of texts that people read: as they are, in base64, and percent-encoded. */
export class Redactor {
  private readonly secrets = new Set<string>();

  /** A header or query value that carries a secret: the value, its last word, what Basic authorization packs, and what follows `token=`. */
  learn(value: string): void {
    const word = value.trim().split(/\s+/).at(-1) ?? '';
    const unpacked = /^basic\s/i.test(value) ? Buffer.from(word, 'base64').toString('utf8') : '';
    const [name = '', password = unpacked] = /^([^:]*):(.*)$/s.exec(unpacked)?.slice(1) ?? [];
    // Tools that take a key for a name want any password beside it.
    const key = password.length < shortestSecret ? name : '';
    const named = /^\w+="?([^"]+)"?$/.exec(word)?.[1] ?? '';
    for (const secret of [value.trim(), word, unpacked, password, key, named]) {
      if (secret.length < shortestSecret) continue;
      for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) this.secrets.add(form);
    }
  }

  redact(text: string): string {
    let clean = text;
    for (const secret of [...this.secrets].sort((a, b) => b.length - a.length)) clean = clean.replaceAll(secret, hidden);
    return clean;
  }
}

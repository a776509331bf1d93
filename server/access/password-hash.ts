import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';

/** OWASP's second choice: 19 MiB, two passes, one lane. Larger values here are taken over at the next sign-in. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const saltBytes = 16;
const tagBytes = 32;

/** Derives bytes by Argon2id. A parameter, so that a test may count the work. */
export type Derive = (parameters: Argon2Parameters) => Promise<Buffer>;

const derived = promisify(argon2);
const deriveArgon2id: Derive = (parameters) => derived('argon2id', parameters);

interface Parsed {
  memory: number;
  passes: number;
  parallelism: number;
  nonce: Buffer;
  tag: Buffer;
}

/** Of nobody's password: what an unknown account is compared with, so that it takes as long as a known one. */
const nobody: Parsed = { ...cost, nonce: randomBytes(saltBytes), tag: randomBytes(tagBytes) };

/** As PHC text, which carries its parameters: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. */
export async function hashPassword(password: string, derive: Derive = deriveArgon2id): Promise<string> {
  const nonce = randomBytes(saltBytes);
  const tag = await derive({ message: message(password), nonce, tagLength: tagBytes, ...cost });
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(nonce)}$${base64(tag)}`;
}

/** Whether it is the password of the hash. Without a hash it never is, after the same work. */
export async function isPassword(hash: string | null, password: string, derive: Derive = deriveArgon2id): Promise<boolean> {
  const { tag, nonce, memory, passes, parallelism } = (hash === null ? null : parse(hash)) ?? nobody;
  const given = await derive({ message: message(password), nonce, tagLength: tag.length, memory, passes, parallelism });
  return timingSafeEqual(given, tag) && hash !== null;
}

/** Whether the hash was made with less work than is asked for now. */
export function isOutdated(hash: string): boolean {
  const parsed = parse(hash);
  return parsed === null || parsed.memory < cost.memory || parsed.passes < cost.passes;
}

function parse(hash: string): Parsed | null {
  const [, memory, passes, parallelism, nonce, tag] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(hash) ?? [];
  if (nonce === undefined || tag === undefined) return null;
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    nonce: Buffer.from(nonce, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

/** One way of writing the same letters, whatever keyboard they came from (NIST SP 800-63B, 5.1.1.2). */
function message(password: string): string {
  return password.normalize('NFKC');
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

import type { Quota } from './quota.js';

/** How fast a tool is asked where it advertises no quota of its own. */
export interface Pace {
  /** Requests under way at once. */
  concurrency: number;
  /** Requests started in a second; absent: as fast as answers come. */
  perSecond?: number;
}

/** Of an advertised quota, the share that may be ours: the people who work with the tool need the rest. */
const ourShare = 0.5;
/** Below this share of what is left, whoever took it, we wait for the next window. */
const reserve = 0.1;

/** The rate at which one credential asks one host, shared by all who use it. Holds no clock: every call is told the time. */
export class Budget {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private pausedUntil = 0;
  private nextStart = 0;
  private window = { endsAt: 0, used: 0, limit: Infinity, remaining: Infinity };

  constructor(readonly pace: Pace) {}

  /** Takes one of the places at once; give it back with `leave`. */
  async enter(): Promise<void> {
    if (this.running < this.pace.concurrency) this.running += 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }

  /** Takes the next free moment; gives the milliseconds to wait for it. Where it is not zero, ask again after the wait. */
  claim(now: number): number {
    const wait = Math.max(this.pausedUntil, this.nextStart, this.windowFreeAt(now)) - now;
    if (wait > 0) return wait;
    if (this.pace.perSecond !== undefined) this.nextStart = now + 1_000 / this.pace.perSecond;
    this.window.used += 1;
    return 0;
  }

  /** All requests of this budget wait until then. */
  pause(until: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, until);
  }

  learn(quota: Quota, now: number): void {
    const isNew = now >= this.window.endsAt;
    this.window = {
      endsAt: now + quota.endsInMs,
      used: isNew ? 1 : this.window.used,
      limit: quota.limit,
      remaining: quota.remaining,
    };
  }

  private windowFreeAt(now: number): number {
    const { endsAt, used, limit, remaining } = this.window;
    if (now >= endsAt) return 0;
    const isSpent = used >= Math.max(1, Math.floor(limit * ourShare)) || remaining <= Math.floor(limit * reserve);
    return isSpent ? endsAt : 0;
  }
}

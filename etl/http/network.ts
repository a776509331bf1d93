import { setTimeout as timeout } from 'node:timers/promises';
import type { AllowedHosts } from './address.js';
import type { Budget } from './budget.js';
import { createTransport, type Transport } from './transport.js';

/** One exchange that took place or failed, or a wait before one; fit for a log: its address carries no secret. */
export interface RequestLine {
  method: string;
  url: string;
  attempt: number;
  /** Null: no answer, see `failure`. */
  status: number | null;
  ms: number;
  failure?: string;
}

/** How requests leave the house: one per process, so that all connections to one tool share its budget. */
export interface Network {
  send: Transport;
  /** Milliseconds on a clock that only goes forward. */
  clock(): number;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** From 0 to 1, for jitter. */
  random(): number;
  log(line: RequestLine): void;
  /** By host and credential. */
  budgets: Map<string, Budget>;
}

export interface NetworkOptions extends Partial<Omit<Network, 'budgets'>> {
  /** Hosts that may lie on a private network; none by default. */
  allowed?: AllowedHosts;
}

export function createNetwork({ allowed = [], ...given }: NetworkOptions = {}): Network {
  return {
    send: given.send ?? createTransport(allowed),
    clock: given.clock ?? (() => performance.now()),
    sleep: given.sleep ?? ((ms, signal) => timeout(ms, undefined, { signal })),
    random: given.random ?? Math.random,
    log: given.log ?? (() => undefined),
    budgets: new Map(),
  };
}

/** What is used where nothing else is given: public addresses only. */
export const publicNetwork = createNetwork();

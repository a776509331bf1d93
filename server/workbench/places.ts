import { QueryFailure } from './query-failure.js';

interface Waiting {
  enter: () => void;
  moved: (position: number) => void;
}

/** How many queries run at once: of one person, and of all. Who comes later waits for his turn, but not for his own queries. */
export class Places {
  private readonly running = new Map<string, number>();
  private taken = 0;
  private readonly queue: Waiting[] = [];

  constructor(
    readonly perPerson: number,
    readonly inAll: number,
  ) {}

  /**
   * Resolves when it may begin, with what gives the place back. `moved` is told the position in the queue, 1 is next. Throws `QueryFailure`
   * where the person has as many as one may, and where `signal` ends the wait.
   */
  async take(person: string, moved: (position: number) => void, signal: AbortSignal): Promise<() => void> {
    const own = this.running.get(person) ?? 0;
    if (own >= this.perPerson) {
      const message = `You have ${own} queries or files on their way already, as many as one person may; wait for one to end, or cancel it.`;
      throw new QueryFailure({ reason: 'busy', message, sqlState: null, position: null });
    }
    this.running.set(person, own + 1);
    const leave = () => {
      const left = (this.running.get(person) ?? 1) - 1;
      if (left === 0) this.running.delete(person);
      else this.running.set(person, left);
    };
    try {
      await this.enter(moved, signal);
    } catch (error) {
      leave();
      throw error;
    }
    return () => {
      leave();
      this.taken -= 1;
      this.admit();
    };
  }

  private enter(moved: (position: number) => void, signal: AbortSignal): Promise<void> {
    if (this.taken < this.inAll) {
      this.taken += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { moved, enter: resolve };
      this.queue.push(waiting);
      moved(this.queue.length);
      const leave = () => {
        const at = this.queue.indexOf(waiting);
        if (at < 0) return;
        this.queue.splice(at, 1);
        this.tellPositions();
        reject(new QueryFailure({ reason: 'cancelled', message: 'The query was cancelled.', sqlState: null, position: null }));
      };
      signal.addEventListener('abort', leave, { once: true });
      if (signal.aborted) leave();
    });
  }

  private admit(): void {
    const next = this.queue.shift();
    if (!next) return;
    this.taken += 1;
    next.enter();
    this.tellPositions();
  }

  private tellPositions(): void {
    for (const [index, { moved }] of this.queue.entries()) moved(index + 1);
  }
}

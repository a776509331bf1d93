/** More addresses than knock within a minute; then the oldest are told anew. */
const mostKept = 10_000;

/** Knows what was told a while ago, so that who asks without end does not fill a log with the same words. Of this process alone. */
export class ToldLately {
  private readonly at = new Map<string, number>();

  constructor(private readonly everyMs: number) {}

  /** Whether it is to be told now; from then on it is told. */
  isDue(what: string, now: Date): boolean {
    const last = this.at.get(what);
    if (last !== undefined && now.getTime() - last < this.everyMs) return false;
    this.at.delete(what);
    this.at.set(what, now.getTime());
    const [oldest] = this.at.keys();
    if (this.at.size > mostKept && oldest !== undefined) this.at.delete(oldest);
    return true;
  }
}

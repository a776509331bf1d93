import { sequence } from '../sequence.js';
import type { ScriptedEvent, ScriptedItem, Values } from './history.js';

/** An item as the tool shows it at this moment. */
export interface VisibleItem extends Omit<ScriptedItem, 'events' | 'visibleAt'> {
  /** Events shown now, by number. */
  events: ScriptedEvent[];
  /** Time of the last event shown; of creation where there is none. */
  updatedAt: string;
  now: Values;
}

/**
 * A tool with a known history and a clock of its own. A fake server shows what is visible at `now` and takes its pages by
 * `slice`, through which pages are repeated, shuffled or stuck where a test wants them to be.
 */
export class ScriptedSource {
  /** The tool's clock, ISO: what is visible, and the Date of its answers. */
  now: string;
  /** Zone of the account, minutes east of UTC: for tools that read or write times in it. */
  zoneMinutes = 0;
  /** Most rows of a page. */
  pageSize = 10;
  /** How pages are falsified: shuffled within, now and then the one before again, or always the first. */
  paging: 'true' | 'shuffled' | 'repeated' | 'stuck' = 'true';
  private readonly deleted = new Set<number>();
  private readonly hidden = new Set<number>();
  private readonly random = sequence(7);
  private readonly first = new Map<string, unknown[]>();
  private readonly before = new Map<string, unknown[]>();

  constructor(
    public history: ScriptedItem[],
    now: string,
  ) {
    this.now = now;
  }

  /** Visible items, by time of change and number. */
  items(): VisibleItem[] {
    return this.history
      .filter((item) => !this.deleted.has(item.id) && !this.hidden.has(item.id) && isBy(item.visibleAt, this.now))
      .map((item) => this.shown(item))
      .sort((a, b) => Date.parse(a.updatedAt) - Date.parse(b.updatedAt) || a.id - b.id);
  }

  /** One item by number; `hidden` where the credentials do not reach it, `gone` where it was deleted or never was. */
  item(id: number): VisibleItem | 'gone' | 'hidden' {
    const item = this.history.find((candidate) => candidate.id === id);
    if (!item || this.deleted.has(id) || !isBy(item.visibleAt, this.now)) return 'gone';
    return this.hidden.has(id) ? 'hidden' : this.shown(item);
  }

  /** All visible events with their items, by number. For tools with one log for everything. */
  events(): { item: VisibleItem; event: ScriptedEvent }[] {
    return this.items()
      .flatMap((item) => item.events.map((event) => ({ item, event })))
      .sort((a, b) => a.event.id - b.event.id);
  }

  /** Numbers of deleted items that the history has: for tools that show tombstones. */
  tombstones(): number[] {
    return [...this.deleted];
  }

  delete(...ids: number[]): void {
    for (const id of ids) this.deleted.add(id);
  }

  restore(...ids: number[]): void {
    for (const id of ids) this.deleted.delete(id);
  }

  hide(...ids: number[]): void {
    for (const id of ids) this.hidden.add(id);
  }

  /** A page of rows, as falsified as the test wants it. At most `pageSize` rows, whatever is asked for. `list`: where the tool has several. */
  slice<T>(rows: readonly T[], offset: number, limit = this.pageSize, list = ''): T[] {
    const page = rows.slice(offset, offset + Math.min(limit, this.pageSize));
    const first = this.first.get(list) ?? page;
    const before = this.before.get(list) ?? page;
    this.first.set(list, first);
    if (this.paging === 'stuck') return first as T[];
    if (this.paging === 'repeated' && this.random() < 0.3) return before as T[];
    if (this.paging === 'shuffled') page.sort(() => this.random() - 0.5);
    this.before.set(list, page);
    return page;
  }

  advance(ms: number): void {
    this.now = new Date(Date.parse(this.now) + ms).toISOString();
  }

  private shown(item: ScriptedItem): VisibleItem {
    const { visibleAt: _visibleAt, ...rest } = item;
    const events = item.events.filter((event) => isBy(event.visibleAt, this.now)).sort((a, b) => a.id - b.id);
    const updatedAt = events.reduce((latest, { at }) => (Date.parse(at) > Date.parse(latest) ? at : latest), item.createdAt);
    const now: Values = { ...item.initial };
    for (const event of events) if (event.kind === 'change') Object.assign(now, { [event.field]: event.to });
    return { ...rest, events, updatedAt, now };
  }
}

function isBy(at: string, now: string): boolean {
  return Date.parse(at) <= Date.parse(now);
}

import { type CopyRows, compareIds } from './copy-rows.js';

/** Rows that begin with the id of an item and are in its order. */
export class RowsOfItems {
  /** Where the id of the row stands that comes next; null before the first, -1 after the last. */
  private place: number | null = null;

  constructor(
    readonly rows: CopyRows,
    private readonly fields: number,
  ) {}

  /** Whether `rows` now stands behind the id of a row of the item, to be read to its end. Rows of items before it are passed over. */
  standAt({ view, place }: { view: DataView; place: number }): boolean {
    this.place ??= this.nextPlace();
    while (this.place >= 0) {
      const order = compareIds(this.rows.view, this.place, view, place);
      if (order > 0) return false;
      if (order === 0) {
        this.place = null;
        return true;
      }
      this.rows.skip(this.fields);
      this.place = this.nextPlace();
    }
    return false;
  }

  private nextPlace(): number {
    return this.rows.next() ? this.rows.place() : -1;
  }
}

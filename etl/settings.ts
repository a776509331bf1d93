export type Court = 'ours_active' | 'ours_waiting' | 'customer' | 'third_party';

/** What a status means: whose court the ball is in, or how the item ended. `unmapped` is kept, counted and shown. */
export type StatusMeaning = Court | 'done' | 'cancelled' | 'unmapped';

/** Working hours of a team or a customer. Weekday 1 is Monday. Several spans a day are several rows. Dates are local, `to` is exclusive. */
export interface CalendarRow {
  id: string;
  name: string;
  timeZone: string;
  hours: { weekday: number; opens: string; closes: string; from?: string; to?: string }[];
  /** A day without `opens` is closed; with it, a short day. */
  holidays: { on: string; name: string; opens?: string; closes?: string }[];
}

/** Settings of a connection that change how its history is read, with their defaults in `defaultSettings`. */
export interface ConnectionSettings {
  /** A stay with an owner shorter than this is a correction, not a handoff. 0 turns it off. */
  ownerCorrectionSeconds: number;
  /** A due date that stood shorter than this is a correction. 0 turns it off. */
  dueCorrectionSeconds: number;
  /** The customer is promised a word at least this often while the ball is ours. Calendar seconds. */
  updateIntervalSeconds: number;
  /**
   * `seq` numbers the whole story of an item, not only the events of one instant: an event that comes later in time with a
   * smaller number is a late copy of what was said before and tells no status and no owner.
   */
  isNumberedThroughout: boolean;
  /** Zone of dates without one and of the default calendar. */
  timeZone: string;
  /** External id of the calendar of teams that have none; null: the clock round the week. */
  defaultCalendar: string | null;
  /** Statuses as named by the tool. */
  statuses: Record<string, StatusMeaning>;
}

export const defaultSettings: ConnectionSettings = {
  ownerCorrectionSeconds: 120,
  dueCorrectionSeconds: 3_600,
  updateIntervalSeconds: 172_800,
  isNumberedThroughout: false,
  timeZone: 'UTC',
  defaultCalendar: null,
  statuses: {},
};

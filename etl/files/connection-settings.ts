import { SourceError, type CalendarRow, type ConnectionSettings, type StatusMeaning } from '../connector.js';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** What a mapping sets for its connection. */
export interface MappedSettings {
  statuses: Record<string, StatusMeaning>;
  settings: {
    ownerCorrectionSeconds?: number | undefined;
    dueCorrectionSeconds?: number | undefined;
    updateIntervalSeconds?: number | undefined;
    isNumberedThroughout?: boolean | undefined;
  };
  calendar?:
    | {
        zone?: string | undefined;
        hours: { days: string; opens: string; closes: string }[];
        holidays: { on: string; name: string; opens?: string | undefined; closes?: string | undefined }[];
      }
    | undefined;
}

export function settingsOf(mapping: MappedSettings, zone: string): Partial<ConnectionSettings> {
  const given = Object.entries(mapping.settings).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(given),
    timeZone: mapping.calendar?.zone ?? zone,
    defaultCalendar: mapping.calendar ? 'default' : null,
    statuses: mapping.statuses,
  };
}

/** The working hours of a mapping, in its zone where they name none. Throws `SourceError` for hours that end before they begin. */
export function calendarsOf(mapping: MappedSettings, zone: string): CalendarRow[] {
  if (!mapping.calendar) return [];
  const { hours, holidays } = mapping.calendar;
  return [
    {
      id: 'default',
      name: 'Working hours',
      timeZone: mapping.calendar.zone ?? zone,
      hours: hours.flatMap(({ days, opens, closes }) => {
        if (opens >= closes)
          throw new SourceError(`calendar.hours: ${opens} to ${closes} is no span; working hours that pass midnight are two spans.`);
        return weekdaysOf(days).map((weekday) => ({ weekday, opens, closes }));
      }),
      holidays: holidays.map(({ on, name, opens, closes }) => ({ on, name, ...(opens && closes ? { opens, closes } : {}) })),
    },
  ];
}

/** `mon-fri`, `sat,sun`, `sun-thu`: Monday is 1. */
function weekdaysOf(days: string): number[] {
  return days.split(',').flatMap((part) => {
    const [first, last = first] = part
      .trim()
      .toLowerCase()
      .split('-')
      .map((day) => weekdays.indexOf(day.trim().slice(0, 3)));
    if (first === undefined || last === undefined || first < 0 || last < 0) {
      throw new SourceError(`calendar.hours: "${days}" names no days; write mon-fri, or sat,sun.`);
    }
    const length = ((last - first + 7) % 7) + 1;
    return Array.from({ length }, (_, index) => ((first + index) % 7) + 1);
  });
}

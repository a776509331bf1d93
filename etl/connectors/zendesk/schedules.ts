import { z } from 'zod';
import type { CalendarRow } from '../../connector.js';

/** https://developer.zendesk.com/api-reference/ticketing/ticket-management/schedules/ */
export const schedulesSchema = z.looseObject({
  schedules: z.array(
    z.looseObject({
      id: z.number().int(),
      name: z.string(),
      time_zone: z.string(),
      /** Minutes since Sunday 00:00. */
      intervals: z.array(z.looseObject({ start_time: z.number(), end_time: z.number() })).nullish(),
    }),
  ),
});
export const holidaysSchema = z.looseObject({
  holidays: z.array(z.looseObject({ name: z.string(), start_date: z.string(), end_date: z.string() })),
});

/** Rails names of zones, as Zendesk tells them, for the few that are no IANA names after all; the rest is found by city. */
const railsZones: Record<string, string> = {
  'Eastern Time (US & Canada)': 'America/New_York',
  'Central Time (US & Canada)': 'America/Chicago',
  'Mountain Time (US & Canada)': 'America/Denver',
  'Pacific Time (US & Canada)': 'America/Los_Angeles',
  'Atlantic Time (Canada)': 'America/Halifax',
  'International Date Line West': 'Etc/GMT+12',
  Alaska: 'America/Juneau',
  Hawaii: 'Pacific/Honolulu',
  Arizona: 'America/Phoenix',
  'Indiana (East)': 'America/Indiana/Indianapolis',
  Bern: 'Europe/Zurich',
  Kyiv: 'Europe/Kiev',
  'St. Petersburg': 'Europe/Moscow',
  Edinburgh: 'Europe/London',
  'New Delhi': 'Asia/Kolkata',
  Mumbai: 'Asia/Kolkata',
  Chennai: 'Asia/Kolkata',
  Beijing: 'Asia/Shanghai',
  Osaka: 'Asia/Tokyo',
  Sapporo: 'Asia/Tokyo',
  'Abu Dhabi': 'Asia/Dubai',
  Brasilia: 'America/Sao_Paulo',
  Wellington: 'Pacific/Auckland',
  Canberra: 'Australia/Sydney',
};

/** The IANA zone behind a name; UTC for one nobody knows. */
export function zoneNamed(name: string): string {
  const known = railsZones[name];
  if (known !== undefined) return known;
  const city = name.replaceAll(' ', '_');
  return Intl.supportedValuesOf('timeZone').find((zone) => zone === name || zone.endsWith(`/${city}`)) ?? 'UTC';
}

type Schedule = z.output<typeof schedulesSchema>['schedules'][number];
type Holiday = z.output<typeof holidaysSchema>['holidays'][number];

const dayMinutes = 24 * 60;

export function calendarsIn(schedule: Schedule, holidays: readonly Holiday[]): CalendarRow {
  return {
    id: String(schedule.id),
    name: schedule.name,
    timeZone: zoneNamed(schedule.time_zone),
    hours: (schedule.intervals ?? []).flatMap(({ start_time: start, end_time: end }) => spans(start, end)),
    holidays: holidays.flatMap(({ name, start_date: first, end_date: last }) => days(first, last).map((on) => ({ on, name }))),
  };
}

/** Cut at midnights; a span that ends at midnight ends at 24:00. */
function spans(start: number, end: number): CalendarRow['hours'] {
  const found: CalendarRow['hours'] = [];
  for (let from = start; from < end;) {
    const day = Math.floor(from / dayMinutes);
    const to = Math.min(end, (day + 1) * dayMinutes);
    found.push({ weekday: day % 7 === 0 ? 7 : day % 7, opens: clock(from - day * dayMinutes), closes: clock(to - day * dayMinutes) });
    from = to;
  }
  return found;
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function days(first: string, last: string): string[] {
  const found: string[] = [];
  for (let at = Date.parse(`${first}T00:00:00Z`); at <= Date.parse(`${last}T00:00:00Z`); at += dayMinutes * 60_000) {
    found.push(new Date(at).toISOString().slice(0, 10));
  }
  return found;
}

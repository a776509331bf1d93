import type { CalendarRow } from '../../connector.js';
import { companyCalendars, customerHours } from './calendars.js';
import { teams, type TeamId } from './company.js';
import { makeCustomers, type Customer } from './customers.js';
import { timelineUntil, type Timeline } from './timeline.js';
import { WorkCalendar } from './work-calendar.js';

/** Everything the stories of the sample company share. */
export interface World {
  seed: string;
  timeline: Timeline;
  calendarRows: CalendarRow[];
  customers: Customer[];
  teamCalendar(team: TeamId): WorkCalendar;
  customerCalendar(customer: Customer): WorkCalendar;
}

export function makeWorld(seed: string, until: string): World {
  const timeline = timelineUntil(until);
  const { from, to } = timeline.days;
  const years = Array.from({ length: to.year - from.year + 1 }, (_, index) => from.year + index);
  const calendarRows = companyCalendars(years);
  const customers = makeCustomers(seed, timeline);
  const own = new Map(calendarRows.map((row) => [row.id, new WorkCalendar(row, from, to)]));
  const zones = new Map(
    [...new Set(customers.map(({ timeZone }) => timeZone))].map((zone) => [zone, new WorkCalendar(customerHours(zone), from, to)]),
  );
  return {
    seed,
    timeline,
    calendarRows,
    customers,
    teamCalendar: (team) => known(own, teams[team].calendar),
    customerCalendar: (customer) => known(zones, customer.timeZone),
  };
}

function known(calendars: Map<string, WorkCalendar>, id: string): WorkCalendar {
  const calendar = calendars.get(id);
  if (!calendar) throw new RangeError(`The sample company has no calendar "${id}"; known: ${[...calendars.keys()].join(', ')}.`);
  return calendar;
}

import { bots, teams, type Tool } from './company.js';
import type { SampleCustomer, SampleItem, SampleTeam } from './payload.js';
import { simulate, type Simulation } from './simulation.js';
import { iso } from './story.js';

export const pageSize = 500;

export type SampleRecord = SampleTeam | SampleCustomer | SampleItem;
export interface Answer {
  records: SampleRecord[];
  total: number;
  /** The tool's own clock. */
  now: string;
}

/** The three connections are read one after the other: the company is made once for them. */
let latest: { seed: string; until: string; simulation: Simulation } | null = null;

function company(seed: string, until: string): Simulation {
  if (latest?.seed !== seed || latest.until !== until) latest = { seed, until, simulation: simulate(seed, until) };
  return latest.simulation;
}

/** Forgets the company made last; its memory is worth more once everything is read. */
export function forgetCompany(): void {
  latest = null;
}

/** What the made-up tool answers: one page of a stream, in the order of its keys. */
export function answerPage({ seed, until, tool }: { seed: string; until: string; tool: Tool }, stream: string, offset: number): Answer {
  const simulation = company(seed, until);
  const all =
    stream === 'teams'
      ? directory(simulation, tool)
      : stream === 'customers'
        ? accounts(simulation)
        : simulation.items[tool].map(({ record }) => record);
  return { records: all.slice(offset, offset + pageSize), total: all.length, now: iso(simulation.world.timeline.until) };
}

/** A tool knows the teams that work in it, and its automations. */
function directory(simulation: Simulation, tool: Tool): SampleTeam[] {
  const working: Record<Tool, (keyof typeof teams)[]> = {
    crm: ['sales', 'onboarding'],
    projects: ['onboarding', 'north', 'south'],
    helpdesk: ['support', 'billing', 'north', 'south'],
  };
  const known = working[tool]
    .map((id) => teams[id])
    .map(({ id, name, calendar, people }) => ({
      key: id,
      name,
      calendar,
      members: people.map((person) => ({ ...person, automation: false })),
    }));
  const automations = Object.values(bots).map(({ id, name }) => ({ id, name, automation: true }));
  return known.map((team, index) => (index === 0 ? { ...team, members: [...team.members, ...automations] } : team));
}

function accounts({ world }: Simulation): SampleCustomer[] {
  return world.customers.map(({ id, name, group, language, timeZone, since }) => ({
    key: id,
    name,
    group,
    language,
    timeZone,
    calendar: timeZone === 'Europe/Berlin' ? 'berlin-office' : timeZone === 'Asia/Tehran' ? 'tehran-office' : null,
    since: iso(since),
  }));
}

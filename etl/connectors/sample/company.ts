import type { StatusMeaning } from '../../connector.js';

export const tools = ['crm', 'projects', 'helpdesk'] as const;
export type Tool = (typeof tools)[number];

export const connectionNames: Record<Tool, string> = { crm: 'Sample CRM', projects: 'Sample projects', helpdesk: 'Sample helpdesk' };

/** Web addresses under `.example`, which never resolve: the tools are made up. */
export const itemUrls: Record<Tool, string> = {
  crm: 'https://crm.meridian.example/deals/',
  projects: 'https://projects.meridian.example/tasks/',
  helpdesk: 'https://help.meridian.example/tickets/',
};

export const teamIds = ['sales', 'onboarding', 'north', 'south', 'support', 'billing'] as const;
export type TeamId = (typeof teamIds)[number];

export interface Person {
  id: string;
  name: string;
}
export interface Team {
  id: TeamId;
  name: string;
  calendar: 'berlin-office' | 'berlin-desk' | 'tehran-office';
  people: Person[];
}

function team(id: TeamId, name: string, calendar: Team['calendar'], names: string[]): Team {
  return { id, name, calendar, people: names.map((person, index) => ({ id: `${id}-${index + 1}`, name: person })) };
}

/** Six teams, 35 people. */
export const teams: Record<TeamId, Team> = {
  sales: team('sales', 'Sales', 'berlin-office', ['Clara Neumann', 'Emre Aydın', 'Jonas Richter', 'Hannah Lloyd', 'Ani Sargsyan']),
  onboarding: team('onboarding', 'Onboarding', 'berlin-office', ['Lena Brandt', 'Deniz Koç', 'Paul Osei', 'Mariam Hakobyan', 'Tom Vogel']),
  north: team('north', 'Delivery North', 'berlin-office', [
    'Ingrid Dahl',
    'Felix Sommer',
    'Burak Şahin',
    'Nora Whelan',
    'Aram Petrosyan',
    'Kai Lindner',
    'Selin Demir',
  ]),
  south: team('south', 'Delivery South', 'tehran-office', [
    'Reza Karimi',
    'Leila Moradi',
    'Arash Tehrani',
    'Niloufar Sadeghi',
    'Kaveh Rostami',
    'Parisa Jafari',
  ]),
  support: team('support', 'Support', 'berlin-desk', [
    'Mia Schulz',
    'Okan Yılmaz',
    'Grace Adeyemi',
    'Shirin Azadi',
    'Davit Grigoryan',
    'Luca Moretti',
    'Ella Novak',
    'Cem Arslan',
  ]),
  billing: team('billing', 'Billing', 'berlin-office', ['Ruth Becker', 'Anahit Mkrtchyan', 'Serkan Polat', 'Julia Hartmann']),
};

/** Automations: their words and changes are not people's. */
export const bots = {
  reply: { id: 'bot-reply', name: 'Auto-reply' },
  routing: { id: 'bot-routing', name: 'Routing rules' },
  timer: { id: 'bot-timer', name: 'Auto-close timer' },
} as const;

export const services = ['Connectivity', 'Cloud telephony', 'Site installation', 'Device care', 'Payment terminals', 'Security'] as const;
export type Service = (typeof services)[number];

export const statuses: Record<Tool, Record<string, StatusMeaning>> = {
  crm: {
    'New lead': 'ours_waiting',
    Qualifying: 'ours_active',
    'Preparing offer': 'ours_active',
    'Offer sent': 'customer',
    Negotiating: 'ours_active',
    Queued: 'ours_waiting',
    'Checking feasibility': 'ours_active',
    'Setting up account': 'ours_active',
    Won: 'done',
    Lost: 'done',
    Withdrawn: 'cancelled',
  },
  projects: {
    'To do': 'ours_waiting',
    'In progress': 'ours_active',
    Queued: 'ours_waiting',
    Blocked: 'ours_waiting',
    'Waiting for customer': 'customer',
    'Waiting for supplier': 'third_party',
    'In review': 'ours_active',
    Done: 'done',
    Cancelled: 'cancelled',
  },
  helpdesk: {
    New: 'ours_waiting',
    Open: 'ours_active',
    Queued: 'ours_waiting',
    'On hold': 'ours_waiting',
    'Waiting for customer': 'customer',
    'Waiting for supplier': 'third_party',
    Solved: 'done',
    Closed: 'done',
    Withdrawn: 'cancelled',
  },
};

/** The customer is promised a word at least this often, in calendar seconds. */
export const updateIntervals: Record<Tool, number> = { crm: 5 * 86_400, projects: 5 * 86_400, helpdesk: 3 * 86_400 };

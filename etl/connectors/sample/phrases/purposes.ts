import type { Service } from '../company.js';

/** What a message is for. Questions stand in the same order in every language, so the same one can be asked twice. */
export interface Phrases {
  lead: string[];
  order: string[];
  question: string[];
  incident: string[];
  request: string[];
  invoice: string[];
  answer: string[];
  repeat: string[];
  chase: string[];
  askLater: string[];
  withdraw: string[];
  thanks: string[];
  broken: string[];
  received: string[];
  noAnswer: string[];
  hello: string[];
  ask: string[][];
  promise: string[];
  update: string[];
  reason: string[];
  newDate: string[];
  passedOn: string[];
  offer: string[];
  sorryLate: string[];
  done: string[];
  services: Record<Service, string>;
}

export type Purpose = Exclude<keyof Phrases, 'ask' | 'services'>;

import type { Told } from './told.js';

/** Where data comes from, and whether the server is well. */
export const sources: Record<string, Told> = {
  'Connections.connectors': 'Tools that can be connected, and what each wants to know.',
  'Connections.test': 'Ask a tool with what was entered; nothing is kept.',
  'Connections.save': 'Connect a tool, or change how it is reached.',
  'Connections.detail': 'A connection: what it read, and when.',
  'Connections.progress': 'How far the running sync is.',
  'Connections.quarantine': 'Records that could not be read.',
  'Connections.dismiss': 'Let records rest that could not be read.',
  'Connections.confirmCensus': 'Say that items which the tool lists no more are gone.',
  'Connections.change': 'Change what statuses mean, how often it is read, or whether it pauses.',
  'Connections.preview': 'What another meaning of statuses would change, on ten items.',
  'Connections.sync': 'Read what is new, now.',
  'Connections.retry': 'Read the records of the quarantine again.',
  'Connections.remove': 'Disconnect a tool, with or without what it brought.',
  'Health.alive': 'The program runs.',
  'Health.ready': 'It can answer; 503 with the reasons otherwise.',
  'Health.health': 'What was examined, what is wrong, and what to do.',
  'Telemetry.metrics': { summary: 'Counts and durations, as Prometheus reads them.', answers: ['text/plain'] },
  'OpenApi.document': 'This description.',
};

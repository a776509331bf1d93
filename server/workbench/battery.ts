import { allProbes, type Probe, type ProbeOutcome } from './probes.js';
import { beginning, declaration, openSession, planOf, type Session } from './session.js';
import { WireError } from './wire.js';

export interface BatteryResult {
  tried: number;
  milliseconds: number;
  /** Each what was tried, what came of it and what should have; empty where all is as it should be. */
  unexpected: string[];
}

/** A row of a catalogue has less. */
const mostBytes = 8_000_000;
/** None takes a tenth of a second; one that a busy machine holds up must not leave the workbench off. */
const statementMs = 20_000;

/** Errors that are not about the text, but about a server that does not work: they prove nothing. */
const ofTheServer = /^(08|53|57|58|XX)/;

/** Tries every attack with the analyst's login, each in a transaction that is undone. Throws where the login cannot be used. */
export async function runBattery(address: string, serverNumber: number, probes: readonly Probe[] = allProbes): Promise<BatteryResult> {
  const begin = performance.now();
  const session = await openSession(address, '0', mostBytes);
  const unexpected: string[] = [];
  try {
    for (const probe of probes) {
      const outcome = await attempt(session, probe, serverNumber);
      if (outcome !== probe.expected) unexpected.push(`${probe.way} "${probe.text}": ${outcome}, should be ${probe.expected}`);
      if (probe.way === 'login') continue;
      const planned = await attempt(session, probe, serverNumber, planOf(probe.text));
      if (planned === 'answers' && noPlan(probe)) unexpected.push(`plan of "${probe.text}": answers, should be refused`);
    }
  } finally {
    session.wire.close();
  }
  return { tried: probes.length, milliseconds: Math.round(performance.now() - begin), unexpected };
}

/** A plan runs no function, so there is one of a query that does what it may not; of what is no query, or hidden, there is none. */
function noPlan({ text, expected }: Probe): boolean {
  return expected === 'refused' && !/^select [\w* ]*\w+\(|^select \* from \w+\(/.test(text);
}

async function attempt(
  { wire }: Session,
  { way, text }: Probe,
  serverNumber: number,
  plan?: string,
): Promise<ProbeOutcome | `failed with ${string}`> {
  let isAnswered = false;
  const row = (body: Buffer): void => {
    isAnswered ||= hasValue(body);
  };
  await wire.command(way === 'query' ? beginning(statementMs, serverNumber >= 170_000) : 'begin; set local transaction_read_only = off');
  try {
    if (plan !== undefined) await wire.run({ text: plan }, row);
    else if (way === 'login') await wire.run({ text }, row);
    else {
      await wire.run({ text: declaration(text) });
      await wire.run({ text: 'fetch forward 100 from c' }, row);
    }
    return way === 'login' || isAnswered ? 'answers' : 'nothing';
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return ofTheServer.test(error.sqlState) ? `failed with ${error.sqlState}` : 'refused';
  } finally {
    await wire.command('rollback');
  }
}

/** Whether any field of the row is other than null. */
function hasValue(body: Buffer): boolean {
  let at = 2;
  for (let field = 0; field < body.readInt16BE(0); field += 1) {
    const length = body.readInt32BE(at);
    if (length >= 0) return true;
    at += 4;
  }
  return false;
}

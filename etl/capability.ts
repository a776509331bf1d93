import type { Capability, StatusMeaning } from './connector.js';

export const full: Capability = { fidelity: 'full' };

/** What a source does not tell. The reason is for a person to read. */
export function none(reason: string): Capability {
  return { fidelity: 'none', reason };
}

const waiting: readonly StatusMeaning[] = ['ours_waiting', 'customer', 'third_party'];

/** Courts can be told apart, as well as `told`, only where some status means that someone waits; else not, for this reason. */
export function courtsOf(meanings: readonly StatusMeaning[], reason: string, told: Capability = full): Capability {
  return meanings.some((meaning) => waiting.includes(meaning)) ? told : none(reason);
}

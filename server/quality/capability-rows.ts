import type { Locale } from '#dashboards/i18n/messages.js';
import { reasonIn } from '#dashboards/i18n/reasons/reason-in.js';
import { none } from '#etl/capability.js';
import { signals, type Capabilities } from '#etl/connector.js';
import type { ConnectionQuality } from '../api.js';

/**
 * What a source tells of each kind of history, with the reasons in the reader's language as far as they are translated. A connection that
 * was stored before a kind was known tells nothing of it.
 */
export function capabilityRows(capabilities: Partial<Capabilities>, locale: Locale): ConnectionQuality['capabilities'] {
  return signals.map((signal) => {
    const { fidelity, reason, from } = capabilities[signal] ?? none(`The source does not deliver "${signal}".`);
    return { signal, fidelity, reason: reason === undefined ? null : reasonIn(locale, reason), from: from ?? null };
  });
}

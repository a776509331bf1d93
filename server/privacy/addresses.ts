import type { Json } from '#etl/connector.js';
import type { Party } from '../api.js';
import { isTelling } from './find-person.js';

const address = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/;

/** Addresses in those parts of a payload that name one of these, such as a user with name and address. In lower case. */
export function addressesBeside(payload: Json, parties: readonly Party[]): string[] {
  const names = new Set(
    parties.flatMap((party) => (isTelling(party) ? [party.name, party.externalId] : [party.name])).map((name) => name.toLowerCase()),
  );
  return partsOf(payload).flatMap((texts) =>
    texts.some(([, text]) => names.has(text)) ? texts.filter(([, text]) => address.test(text)).map(([, text]) => text) : [],
  );
}

/** Names and ids in those parts of a payload that have this address. In lower case; the address itself is none of them. */
export function namedBeside(payload: Json, searched: string): { names: string[]; ids: string[] } {
  const parts = partsOf(payload).filter((texts) => texts.some(([, text]) => text === searched.toLowerCase()));
  const beside = parts.flat().filter(([, text]) => !address.test(text));
  return {
    names: beside.filter(([key]) => /name/i.test(key)).map(([, text]) => text),
    ids: beside.filter(([key]) => /^_?(id|key|gid|accountid|userid|user_id)$/i.test(key)).map(([, text]) => text),
  };
}

/** The plain fields of each object, texts and numbers alike, in lower case. */
function partsOf(payload: Json): [key: string, text: string][][] {
  if (Array.isArray(payload)) return payload.flatMap(partsOf);
  if (typeof payload !== 'object' || payload === null) return [];
  const fields = Object.entries(payload);
  const plain = fields.flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' || typeof value === 'number' ? [[key, String(value).toLowerCase()]] : [],
  );
  return [plain, ...fields.flatMap(([, value]) => partsOf(value))];
}

import { z } from 'zod';
import type { LinkRow } from '../connector.js';

/** Other connections by name, each with the address where people open its tool: what is named there by address becomes a link. */
export const linkedToolsShape = {
  linkedTools: z.record(z.string(), z.url({ protocol: /^https?$/, error: 'write the address like https://tool.example.com' })).default({}),
};
export type LinkedTools = z.output<z.ZodObject<typeof linkedToolsShape>>['linkedTools'];

/** Item ids of the house, or aliases of items, in addresses of tools, by what follows the address of the tool. */
const forms: readonly [RegExp, (id: string) => string][] = [
  [/^\/(?:agent\/|a\/)?tickets\/(\d+)\b/, (id) => id], // Zendesk, Freshdesk
  [/^\/issues\/(\d+)\b/, (id) => id], // Redmine
  [/^\/([^\s?#]+\/-\/issues\/\d+)\b/, (path) => path.replace('/-/issues/', '#')], // GitLab
  [/^\/([\w.-]+\/[\w.-]+\/issues\/\d+)\b/, (path) => path.replace('/issues/', '#')], // GitHub
  [/^\/Ticket\/Display\.html\?id=(\d+)\b/, (id) => id], // Request Tracker
  [/^\/#ticket\/zoom\/(\d+)\b/, (id) => id], // Zammad
  [/^\/0\/\d+\/(\d+)\b/, (id) => id], // Asana
  [/^\/1\/\d+\/project\/\d+\/task\/(\d+)\b/, (id) => id], // Asana
  [/^\/contacts\/\d+\/(?:record\/0-5|ticket)\/(\d+)\b/, (id) => `ticket ${id}`], // HubSpot
  [/^\/contacts\/\d+\/(?:record\/0-3|deal)\/(\d+)\b/, (id) => `deal ${id}`], // HubSpot
  [/^\/browse\/([A-Za-z]\w*-\d+)\b/, upper], // Jira
  [/^\/(?:projects|servicedesk|jira|issues)\/[^\s?#]*?\/([A-Za-z]\w*-\d+)(?=[/?#]|$)/, upper], // Jira
  [/^\/[^\s#]*[?&]selectedIssue=([A-Za-z]\w*-\d+)\b/, upper], // Jira
  [/^\/c\/(\w+)/, (shortLink) => shortLink], // Trello
  [/^\/(?:[\w-]+\/)?issue\/([A-Za-z]\w*-\d+)\b/, upper], // Linear
  [/^\/\S*?(?:[?&]|%3F|%26)sys_id(?:=|%3D)([0-9a-f]{32})\b/i, lower], // ServiceNow
  [/^\/now\/\S*?\/record\/\w+\/([0-9a-f]{32})\b/i, lower], // ServiceNow
  [/^\/\S*?(?:[?&=^]|%3F|%26|%3D|%5E)number(?:=|%3D)([A-Z]+\d+)\b/, (number) => number], // ServiceNow
  [/^\/a\/(?:apps|inbox)\/\S*?\/conversations?\/(\d+)\b/, (id) => id], // Intercom
  [/^\/app\/accounts\/\d+\/(?:\S*?\/)?conversations\/(\d+)\b/, (id) => id], // Chatwoot
];

/** Links to the items of other tools whose addresses stand in a text. */
export function linksIn(text: string, tools: LinkedTools, kind: LinkRow['kind'], at: string): LinkRow[] {
  const found = new Map<string, LinkRow>();
  for (const [address] of text.matchAll(/https?:\/\/[^\s<>"')\]]+/g)) {
    for (const [connection, base] of Object.entries(tools)) {
      const externalId = itemIn(address, base.replace(/\/+$/, ''));
      if (externalId !== undefined) found.set(`${connection} ${externalId}`, { to: { connection, externalId }, kind, at });
    }
  }
  return [...found.values()];
}

/** Links that several texts name, each as the first of them names it. */
export function linksInAll(texts: readonly { text: string; at: string }[], tools: LinkedTools): LinkRow[] {
  const found = new Map<string, LinkRow>();
  for (const link of texts.flatMap(({ text, at }) => linksIn(text, tools, 'relates', at))) {
    const key = `${link.to.connection} ${link.to.externalId}`;
    if (!found.has(key)) found.set(key, link);
  }
  return [...found.values()];
}

function upper(key: string): string {
  return key.toUpperCase();
}

function lower(id: string): string {
  return id.toLowerCase();
}

function itemIn(address: string, base: string): string | undefined {
  if (!address.toLowerCase().startsWith(`${base.toLowerCase()}/`)) return undefined;
  const rest = address.slice(base.length);
  for (const [pattern, idOf] of forms) {
    const id = pattern.exec(rest)?.[1];
    if (id !== undefined) return idOf(id);
  }
  return undefined;
}

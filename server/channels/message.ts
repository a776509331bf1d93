import type { Locale } from '#dashboards/i18n/messages.js';

/** What is told, before it takes the form of a channel. All texts are finished and plain. */
export interface ChannelMessage {
  locale: Locale;
  title: string;
  /** Sentences. */
  lines: string[];
  facts: { label: string; value: string }[];
  itemsTitle: string;
  items: { name: string; detail: string; href: string | null }[];
  links: { label: string; href: string }[];
  /** For machines: what happened, numbers unformatted. */
  event: { type: string } & Record<string, unknown>;
}

/** The event of a message about a channel that does not get through. */
export const failingEvent = 'channel.failing';

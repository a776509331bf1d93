import type { Rhythm } from '#server/api.js';
import { dateTime } from '../format';
import { language, t } from '../i18n/messages.svelte';

export const rhythmKinds = ['weekly', 'monthly', 'quarterly', 'cron'] as const satisfies Rhythm['kind'][];

/** 1 Monday to 7 Sunday, in the language in use. The first of January 2024 was a Monday. */
export function weekdayName(weekday: number): string {
  const name = new Intl.DateTimeFormat(language.dateTags, { weekday: 'long', timeZone: 'UTC' });
  return name.format(new Date(Date.UTC(2024, 0, weekday)));
}

export function rhythmWords(rhythm: Rhythm): string {
  switch (rhythm.kind) {
    case 'weekly':
      return t('schedules.rhythm.weekly', { weekday: weekdayName(rhythm.weekday), at: rhythm.at });
    case 'monthly':
    case 'quarterly':
      return t(`schedules.rhythm.${rhythm.kind}`, { day: rhythm.day, at: rhythm.at });
    case 'cron':
      return t('schedules.rhythm.cron', { expression: rhythm.expression });
  }
}

/** A local time such as `2026-03-29T08:00`, as a reader of the language writes it. */
export function localTime(local: string): string {
  return dateTime(`${local}Z`, 'UTC');
}

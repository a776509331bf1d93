import type { ErasureCounts } from '#server/api.js';
import { t } from '../i18n/messages.svelte';

const named: Record<string, Parameters<typeof t>[0]> = {
  'ingest.raw_record': 'privacy.place.raw',
  'core.message': 'privacy.place.others',
  'core.item': 'privacy.place.items',
  'core.team': 'privacy.place.teams',
  'ingest.quarantine': 'privacy.place.quarantine',
  'ingest.sync_run': 'privacy.place.syncs',
  'ingest.connection': 'privacy.place.syncs',
};

/** Where a person is named, in words, with how often; what people made is told together. */
export function saidPlaces({ messages, reportsRemoved, places }: ErasureCounts): { place: string; n: number }[] {
  const counts = new Map<string, number>([
    [t('privacy.place.messages'), messages],
    [t('privacy.place.summaries'), reportsRemoved],
  ]);
  for (const { table, n } of places) {
    const place = t(named[table] ?? 'privacy.place.kept');
    counts.set(place, (counts.get(place) ?? 0) + n);
  }
  return [...counts].map(([place, n]) => ({ place, n })).filter(({ n }) => n > 0);
}

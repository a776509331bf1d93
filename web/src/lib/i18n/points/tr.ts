import type { points as english } from './en';

export const points: Record<keyof typeof english, string> = {
  'chart.open-item': '{text}. Öyküsünü aç.',
  'items.coming': 'yolda',
  'items.columns': 'Sütunlar',
  'items.copy': 'Kopyala',
  'items.copied': '{n, plural, other {# satır kopyalandı}}',
  'items.copied-part': '{total, number} satırın ilk {n, number} tanesi kopyalandı; dosyada hepsi var',
  'items.copy-failed': 'Kopyalanamadı: {reason}',
};

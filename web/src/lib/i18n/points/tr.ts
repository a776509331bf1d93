import type { points as english } from './en';

export const points: Record<keyof typeof english, string> = {
  'chart.open-item': '{text}. Öyküsünü aç.',
};

import type { nextStep as english } from './en';

export const nextStep: Record<keyof typeof english, string> = {
  'next-step.longer': 'Son yılı göster',
  'next-step.sources': 'Her kaynağın bildirdiklerini gör',
};

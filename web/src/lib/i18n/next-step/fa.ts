import type { nextStep as english } from './en';

export const nextStep: Record<keyof typeof english, string> = {
  'next-step.longer': 'نمایش یک سال اخیر',
  'next-step.sources': 'دیدن آنچه هر منبع می‌گوید',
};

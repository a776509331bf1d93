import type { nextStep as english } from './en';

export const nextStep: Record<keyof typeof english, string> = {
  'next-step.longer': 'Ցույց տալ վերջին տարին',
  'next-step.sources': 'Տեսնել, թե ինչ է տալիս ամեն աղբյուր',
};

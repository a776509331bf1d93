import type { Locale } from './i18n/messages.js';

export interface Palette {
  ink: string;
  muted: string;
  grid: string;
  ground: string;
  /** For the one series that matters most. */
  accent: string;
  band: string;
  signal: string;
  /** Categories, told apart with every common colour blindness; each at least 3:1 against the ground. */
  categories: string[];
  /** From little to much. */
  scale: string[];
}

/** Blue is Okabe and Ito's; the other categories were moved in lightness and hue until no two are near, whatever the eye. */
const light: Palette = {
  ink: '#1b2530',
  muted: '#5a6673',
  grid: '#e3e7ec',
  ground: '#ffffff',
  accent: '#0072b2',
  band: '#0072b2',
  signal: '#c2410c',
  categories: ['#0072b2', '#c47216', '#285827', '#732869', '#715b06', '#00a0ba', '#73786e', '#8e7ff0'],
  scale: ['#eef4f9', '#c5dcec', '#8fbcdb', '#4f95c4', '#1d6ba3', '#0a4675'],
};

const dark: Palette = {
  ink: '#e8edf2',
  muted: '#a3afbb',
  grid: '#2e3843',
  ground: '#171d24',
  accent: '#56b4e9',
  band: '#56b4e9',
  signal: '#ff9a5c',
  categories: ['#56b4e9', '#c86a3e', '#a9e1a8', '#e6cfe5', '#f5b649', '#71699d', '#ac8a9a', '#5372d2'],
  scale: ['#1d2a36', '#1f4460', '#22618c', '#3585ba', '#63aede', '#a5d5f5'],
};

export const shapes = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down', 'triangle-right', 'triangle-left'];

export function palette(theme: 'light' | 'dark'): Palette {
  return theme === 'dark' ? dark : light;
}

/** The page has these fonts or the system's; the PDF embeds the Noto and Vazirmatn ones. */
export function fontOf(locale: Locale): string {
  const script = { en: '', tr: '', fa: 'Vazirmatn, ', hy: "'Noto Sans Armenian', " }[locale];
  return `${script}system-ui, 'Noto Sans', sans-serif`;
}

/** Vega-Lite's `config`: everything that is look and not meaning. */
export function vegaConfig(
  theme: 'light' | 'dark',
  locale: Locale,
): Record<string, Record<string, unknown> | string> & { legend: Record<string, unknown> } {
  const colours = palette(theme);
  const font = fontOf(locale);
  return {
    font,
    background: 'transparent',
    view: { stroke: null },
    axis: {
      aria: false,
      labelColor: colours.muted,
      titleColor: colours.muted,
      labelFontSize: 12,
      titleFontSize: 12,
      titleFontWeight: 'normal',
      domain: false,
      ticks: false,
      labelPadding: 6,
      gridColor: colours.grid,
      labelLimit: 0,
    },
    axisX: { grid: false, ticks: true, tickColor: colours.grid, labelAngle: 0 },
    legend: { aria: false, labelColor: colours.ink, labelFontSize: 12, labelLimit: 0, titleColor: colours.muted },
    text: { color: colours.ink, fontSize: 12 },
  };
}

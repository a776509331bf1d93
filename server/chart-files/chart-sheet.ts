import { isRightToLeft, translator, type Conventions, type Locale } from '#dashboards/i18n/messages.js';
import { fontOf, palette } from '#dashboards/theme.js';
import type { ChartResponse } from '../api.js';

const width = 800;
const margin = 20;

/** How wide a letter is on average, as a part of its height: nobody measures here, and SVG breaks no lines. */
const letterWidth: Record<Locale, number> = { en: 0.56, tr: 0.57, fa: 0.54, hy: 0.64 };

interface Line {
  text: string;
  size: number;
  isStrong?: boolean;
  isMuted?: boolean;
  /** Above it. */
  gap?: number;
}

/**
 * A chart as a picture that stands by itself: title, period and n above the drawing, its notes, the time of the data and the definition
 * below. One SVG that loads nothing. `drawing`: the chart's own SVG; null where nothing can be drawn, its sentence then says why.
 */
export function chartSheet(
  chart: ChartResponse,
  drawing: string | null,
  { locale, theme, digits }: { locale: Locale; theme: 'light' | 'dark' } & Pick<Conventions, 'digits'>,
): string {
  const say = translator(locale, { ...(digits && { digits }) });
  const colours = palette(theme);
  const fact = (label: string) => chart.explanation.facts.find((one) => one.label === label)?.text;
  const told = (label: string) => {
    const text = fact(label);
    return text === undefined ? [] : [`${label}: ${text}`];
  };
  const headline = chart.state === 'ok' ? chart.headline : null;
  const above: Line[] = [
    { text: chart.title, size: 17, isStrong: true },
    { text: [...told(say('fact.period')), ...(headline ? [] : told(say('fact.n')))].join(' · '), size: 12, isMuted: true, gap: 2 },
    ...(headline ? [{ text: headline.value, size: 24, isStrong: true, gap: 6 }] : []),
    ...(headline
      ? [{ text: [headline.basis, headline.note, headline.change?.text].filter((part) => part).join(' · '), size: 12, isMuted: true }]
      : []),
    { text: chart.summary, size: 13, gap: 4 },
  ];
  const below: Line[] = [
    ...chart.notes.map(({ number, text, kind, period }) => ({ text: `${number}  ${text} · ${kind} · ${period}`, size: 12 })),
    { text: told(say('fact.as-of')).join(''), size: 12, isMuted: true, gap: 4 },
    { text: `${chart.explanation.name}: ${chart.explanation.definition}`, size: 12, isMuted: true, gap: 2 },
  ];
  const head = laidOut(above, margin, locale, colours);
  const size = drawing === null ? { width: 0, height: 0 } : sizeOf(drawing);
  const foot = laidOut(below, head.end + size.height + (drawing === null ? 0 : 16), locale, colours);
  const whole = Math.max(width, size.width + 2 * margin);
  const height = Math.ceil(foot.end + margin);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole}" height="${height}" viewBox="0 0 ${whole} ${height}" lang="${locale}" role="img" font-family="${escaped(fontOf(locale))}">`,
    `<title>${escaped(chart.title)}</title><desc>${escaped(chart.summary)}</desc>`,
    `<rect width="${whole}" height="${height}" fill="${colours.ground}"/>`,
    head.texts,
    drawing === null ? '' : drawing.replace(/^<svg /, `<svg x="${margin}" y="${Math.ceil(head.end + 8)}" `),
    foot.texts,
    '</svg>',
  ].join('\n');
}

function laidOut(
  lines: readonly Line[],
  from: number,
  locale: Locale,
  colours: { ink: string; muted: string },
): { texts: string; end: number } {
  const isMirrored = isRightToLeft(locale);
  const x = isMirrored ? width - margin : margin;
  let y = from;
  const texts: string[] = [];
  for (const { text, size, isStrong, isMuted, gap = 0 } of lines) {
    if (text === '') continue;
    y += gap;
    for (const line of wrapped(text, size, locale)) {
      y += Math.round(size * 1.4);
      texts.push(
        `<text x="${x}" y="${y - Math.round(size * 0.35)}" font-size="${size}"${isStrong ? ' font-weight="600"' : ''} fill="${isMuted ? colours.muted : colours.ink}"${isMirrored ? ' direction="rtl"' : ''}>${escaped(line)}</text>`,
      );
    }
  }
  return { texts: texts.join('\n'), end: y };
}

function wrapped(text: string, size: number, locale: Locale): string[] {
  const most = Math.floor((width - 2 * margin) / (size * letterWidth[locale]));
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > most) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function sizeOf(svg: string): { width: number; height: number } {
  const of = (name: string) => Number(new RegExp(`^<svg [^>]*\\b${name}="([\\d.]+)"`).exec(svg)?.[1]);
  const size = { width: of('width'), height: of('height') };
  if (!(size.width > 0 && size.height > 0)) throw new Error(`A drawing has no width and height: ${svg.slice(0, 120)}`);
  return size;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[letter] ?? letter);
}

import vazirmatn from 'vazirmatn/fonts/webfonts/Vazirmatn[wght].woff2?url';
import armenian from '@expo-google-fonts/noto-sans-armenian/400Regular/NotoSansArmenian_400Regular.ttf?url';
import armenianBold from '@expo-google-fonts/noto-sans-armenian/700Bold/NotoSansArmenian_700Bold.ttf?url';
import type { Locale } from '#server/api.js';
import { download } from '../api';

/** Pixels of the picture for each of the drawing. */
const density = 2;

/** Fonts that systems often lack. A picture made of a drawing sees none of the page's, so it brings them along. */
const fonts: Partial<Record<Locale, { family: string; weight: string; address: string }[]>> = {
  fa: [{ family: 'Vazirmatn', weight: '100 900', address: vazirmatn }],
  hy: [
    { family: 'Noto Sans Armenian', weight: '400', address: armenian },
    { family: 'Noto Sans Armenian', weight: '600 700', address: armenianBold },
  ],
};

export type ChartFormat = 'svg' | 'csv' | 'arrow';

/** Where the server gives a chart as a file. */
export function chartFileAddress(board: string, chart: string, format: ChartFormat, question: URLSearchParams): string {
  return `/api/boards/${encodeURIComponent(board)}/charts/${encodeURIComponent(chart)}.${format}?${question}`;
}

/** The line that gets the same file on a command line, with a token of the account in place of `TOKEN`. */
export function curlLine(address: string): string {
  return `curl --fail -OJ -H 'Authorization: Bearer TOKEN' '${address.replaceAll("'", '%27')}'`;
}

/** The picture of a chart at twice its size, under the name the server gave the drawing. */
export async function chartPng(address: string, locale: Locale): Promise<{ name: string; bytes: Blob }> {
  const { name, blob } = await download(address);
  const svg = await withFonts(await blob.text(), locale);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * density;
  canvas.height = image.naturalHeight * density;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const bytes = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!bytes) throw new Error(`The picture of ${canvas.width} × ${canvas.height} pixels could not be made.`);
  return { name: name.replace(/\.svg$/, '.png'), bytes };
}

/** Hands bytes that were made here to the reader as a file. */
export function saveFile(name: string, bytes: Blob): void {
  const address = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** CSV as lines of cells between tabs, which spreadsheets take from the clipboard. */
export function tabbed(csv: string): string {
  const cells = [...csv.matchAll(/("(?:[^"]|"")*"|[^,\n]*)(,|\n|$)/g)];
  return cells
    .filter(([whole]) => whole !== '')
    .map(([, cell = '', end = '']) => {
      const text = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
      return text.replace(/\s+/g, ' ') + (end === ',' ? '\t' : end);
    })
    .join('');
}

async function withFonts(svg: string, locale: Locale): Promise<string> {
  const faces = await Promise.all(
    (fonts[locale] ?? []).map(async ({ family, weight, address }) => {
      const { blob } = await download(address);
      return `@font-face{font-family:'${family}';font-weight:${weight};src:url(${await dataAddress(blob)})}`;
    }),
  );
  return faces.length === 0 ? svg : svg.replace('<rect ', `<style>${faces.join('')}</style><rect `);
}

function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('A font could not be read.'));
    reader.readAsDataURL(blob);
  });
}

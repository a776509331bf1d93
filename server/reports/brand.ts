import type pg from 'pg';
import { reasonOf } from '#etl/error-code.js';
import { Refusal } from '../refusal.js';
import { printer } from './printer.js';
import type { SummaryDocument } from './report-document.js';

/** The company's look in its summaries. */
export interface Brand {
  name: string | null;
  /** `#rrggbb`. */
  colour: string;
  logo: Logo | null;
}

export interface Logo {
  kind: 'svg' | 'png';
  base64: string;
}

const plain: Brand = { name: null, colour: '#0b5f95', logo: null };

/** It is in every PDF, and those are mailed. */
const largestLogo = 100_000;
const largestLogoPage = 150_000;

/** Of letters on white: WCAG 2.2, 1.4.3. */
const leastContrast = 4.5;

/** The brand that was set; ours where none was. */
export async function readBrand(pool: pg.Pool): Promise<Brand> {
  const { rows } = await pool.query<{ value: Brand }>(`select value from app.setting where name = 'brand'`);
  return rows[0]?.value ?? plain;
}

export async function keepBrand(pool: pg.Pool, brand: Brand): Promise<void> {
  await pool.query(`insert into app.setting (name, value) values ('brand', $1) on conflict (name) do update set value = excluded.value`, [
    JSON.stringify(brand),
  ]);
}

export function brandOf({ name, colour }: Brand): SummaryDocument['brand'] {
  return { name, colour };
}

/** Throws a `Refusal` for what is no colour, and for one too pale for letters on white. */
export function checkedColour(text: string): string {
  const colour = text.trim().toLowerCase();
  if (!/^#[0-9a-f]{6}$/.test(colour)) throw new Refusal(`"${text}" is not a colour such as #0b5f95.`);
  const contrast = contrastToWhite(colour);
  if (contrast < leastContrast)
    throw new Refusal(
      `${colour} is too pale for letters on white: its contrast is ${contrast.toFixed(1)}, ${leastContrast} is needed. Give a darker one.`,
    );
  return colour;
}

/**
 * A logo as it is kept. SVG is never shown but through the compiler of the PDF, which runs no script and loads nothing. Throws a
 * `Refusal` for what is too large, neither SVG nor PNG, or what the compiler cannot read.
 */
export async function checkedLogo(bytes: Uint8Array): Promise<Logo> {
  if (bytes.byteLength > largestLogo)
    throw new Refusal(
      `The logo has ${bytes.byteLength} bytes; up to ${largestLogo} are taken, because every summary carries it. Make it smaller.`,
    );
  const logo = Buffer.from(bytes);
  const kind = logo.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')) ? 'png' : 'svg';
  if (kind === 'svg' && !/<svg[\s>]/.test(logo.toString('utf8'))) throw new Refusal('The logo is neither an SVG nor a PNG.');
  const pdf = await printer
    .print({
      template: `#set document(title: "logo")\n#image("logo.${kind}", height: 26pt, alt: "logo")`,
      inputs: {},
      images: [[`logo.${kind}`, logo]],
    })
    .catch((error: unknown) => {
      throw new Refusal(`The logo cannot be printed: ${reasonOf(error)}`);
    });
  if (pdf.byteLength > largestLogoPage) throw new Refusal(`The logo takes ${pdf.byteLength} bytes of every PDF; give one of fewer pixels.`);
  return { kind, base64: logo.toString('base64') };
}

function contrastToWhite(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

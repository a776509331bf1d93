import { type ArgumentMetadata, BadRequestException, Injectable, type PipeTransform } from '@nestjs/common';

/** Deeper than anything the API takes; deeper values exhaust the stack of whatever walks through them. */
const mostLevels = 64;

/** Refuses texts that PostgreSQL cannot keep or would change silently, and values nested without end, before any schema or statement. */
@Injectable()
export class PlainValuesPipe implements PipeTransform {
  transform(value: unknown, { type, data }: ArgumentMetadata): unknown {
    if (type === 'custom') return value;
    const fault = faultIn(value, mostLevels);
    if (fault !== null) throw new BadRequestException(`${data ?? type}: ${fault}`);
    return value;
  }
}

function faultIn(value: unknown, levels: number): string | null {
  if (typeof value === 'string') return faultOfText(value);
  if (typeof value !== 'object' || value === null) return null;
  if (levels === 0) return `is nested deeper than ${mostLevels} levels; send it flatter.`;
  for (const [key, held] of Object.entries(value)) {
    const fault = faultOfText(key) ?? faultIn(held, levels - 1);
    if (fault !== null) return fault;
  }
  return null;
}

function faultOfText(text: string): string | null {
  if (text.includes('\0')) return 'has the character U+0000, which no text can hold; take it out.';
  if (!text.isWellFormed()) return 'has half of a surrogate pair, which is no character; send it as whole Unicode.';
  return null;
}

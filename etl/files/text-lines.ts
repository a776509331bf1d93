import { isUtf8 } from 'node:buffer';

/** A block of whole lines, or one line too long to be kept, of which only the head is. */
export type LineBlock = { text: string; broken: { line: number; bytes: Buffer }[] } | { oversize: Buffer; bytes: number };

/** A line of a table is never longer, unless a quote or a line break is missing. */
const longestLine = 8 * 1024 ** 2;
const keptOfOversize = 64 * 1024;
const newline = 0x0a;

/**
 * Cuts bytes into blocks that end with a line, so that no character is split. In UTF-8 the lines that are not are named
 * (counted from 0 within the block) and their bytes kept; a byte order mark at the start is left out.
 */
export async function* lineBlocks(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<LineBlock> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let isSkipping = false;
  let isStart = true;
  const decode = decoder(encoding);
  for await (const chunk of chunks) {
    const cut = chunk.lastIndexOf(newline) + 1;
    if (isSkipping || restBytes + (cut === 0 ? chunk.length : chunk.indexOf(newline)) > longestLine) {
      const lineEnd = chunk.indexOf(newline) + 1;
      isSkipping = true;
      restBytes += lineEnd === 0 ? chunk.length : lineEnd;
      if (keptBytes(rest) < keptOfOversize)
        rest.push(chunk.subarray(0, lineEnd === 0 ? keptOfOversize : Math.min(lineEnd, keptOfOversize)));
      if (lineEnd === 0) continue;
      yield { oversize: Buffer.concat(rest).subarray(0, keptOfOversize), bytes: restBytes };
      isSkipping = false;
      isStart = false;
      rest = [];
      restBytes = 0;
      if (cut > lineEnd) yield decode(chunk.subarray(lineEnd, cut));
    } else if (cut > 0) {
      const block = rest.length === 0 ? chunk.subarray(0, cut) : Buffer.concat([...rest, chunk.subarray(0, cut)]);
      rest = [];
      restBytes = 0;
      yield decode(isStart ? withoutMark(block) : block);
      isStart = false;
    }
    if (!isSkipping && cut < chunk.length) {
      rest.push(chunk.subarray(cut));
      restBytes += chunk.length - cut;
    }
  }
  if (isSkipping) yield { oversize: Buffer.concat(rest).subarray(0, keptOfOversize), bytes: restBytes };
  else if (restBytes > 0) {
    const block = Buffer.concat(rest);
    yield decode(isStart ? withoutMark(block) : block);
  }
}

function decoder(encoding: string): (block: Buffer) => LineBlock {
  if (encoding !== 'utf-8') {
    const text = new TextDecoder(encoding);
    return (block) => ({ text: text.decode(block), broken: [] });
  }
  return (block) => ({ text: block.toString('utf8'), broken: isUtf8(block) ? [] : brokenLines(block) });
}

function brokenLines(block: Buffer): { line: number; bytes: Buffer }[] {
  const broken: { line: number; bytes: Buffer }[] = [];
  for (let start = 0, line = 0; start < block.length; line += 1) {
    const end = block.indexOf(newline, start);
    const bytes = block.subarray(start, end === -1 ? block.length : end);
    if (!isUtf8(bytes)) broken.push({ line, bytes: Buffer.from(bytes) });
    start += bytes.length + 1;
  }
  return broken;
}

function withoutMark(block: Buffer): Buffer {
  return block[0] === 0xef && block[1] === 0xbb && block[2] === 0xbf ? block.subarray(3) : block;
}

function keptBytes(parts: readonly Buffer[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

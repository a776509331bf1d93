import { afterAll, expect, test } from 'vitest';
import { checkedColour, checkedLogo } from '#server/reports/brand.js';
import { Printer } from '#server/reports/printer.js';

const printer = new Printer(300_000);
const hasty = new Printer(1_500);

afterAll(() => {
  printer.close();
  hasty.close();
});

const job = (template: string, inputs: Record<string, string> = {}) => ({
  template: `#set document(title: "t")\n${template}`,
  inputs,
  images: [],
});
const isPdf = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 5)).toString() === '%PDF-';
const endless = '#{\n  let x = 0\n  for i in range(20000) { for j in range(20000) { x = calc.rem(x + i * j, 7) } }\n  str(x)\n}';

test('fails a page that never ends at its deadline, and prints the next one', async () => {
  await expect(hasty.print(job(endless))).rejects.toThrow('The report was not printed: its process took longer than 1.5 s. Try again.');
  expect(isPdf(await printer.print(job('the next one')))).toBe(true);
});

test('fails at once when its process is killed, and prints the next one in a new one', async () => {
  await printer.print(job('warm'));
  const first = printer.pid;
  const printing = printer.print(job(endless));
  if (first === undefined) throw new Error('Nothing prints.');
  setTimeout(() => process.kill(first, 'SIGKILL'), 100);
  await expect(printing).rejects.toThrow('its process ended with SIGKILL');
  expect(isPdf(await printer.print(job('the next one')))).toBe(true);
  expect(printer.pid).not.toBe(first);
});

test('reads nothing but what is handed in', async () => {
  for (const reach of [
    '#read("/etc/passwd")',
    '#read("../../etc/passwd")',
    '#image("https://example.org/a.png")',
    '#import "@preview/cetz:0.3.0"',
  ])
    await expect(printer.print(job(reach))).rejects.toThrow('The report could not be laid out');
});

test('repeats the head of a table of 5,000 rows on each of its pages', async () => {
  const rows = JSON.stringify(Array.from({ length: 5_000 }, (_, n) => [`row ${n}`, String(n)]));
  const pdf = await printer.print(
    job('#table(columns: 2, table.header[name][number], ..json(bytes(sys.inputs.rows)).flatten())', { rows }),
  );
  const heads =
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/S \/TH\b/g)?.length ?? 0;
  expect([isPdf(pdf), heads]).toEqual([true, 2]);
});

test('takes a colour dark enough for letters on white and refuses a pale one', () => {
  expect(checkedColour('#0B5F95')).toBe('#0b5f95');
  expect(() => checkedColour('#ffee00')).toThrow('#ffee00 is too pale for letters on white: its contrast is 1.2, 4.5 is needed.');
  expect(() => checkedColour('blue')).toThrow('"blue" is not a colour such as #0b5f95.');
});

test('takes a logo that can be printed and says why it takes no other', async () => {
  const svg = (inner: string) => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">${inner}</svg>`);
  expect(await checkedLogo(svg('<rect width="20" height="10"/>'))).toMatchObject({ kind: 'svg' });
  await expect(checkedLogo(Buffer.from('GIF89a'))).rejects.toThrow('The logo is neither an SVG nor a PNG.');
  await expect(checkedLogo(Buffer.alloc(100_001))).rejects.toThrow('The logo has 100001 bytes; up to 100000 are taken');
  await expect(checkedLogo(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><rect'))).rejects.toThrow('The logo cannot be printed');
});

import type { Page } from 'playwright-core';

/** What a page that stands does wrong where it becomes as narrow as this, for a reader who wants no motion. */
export async function narrowed(page: Page, width: number): Promise<string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height: 600 });
  const excess = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  // Charts are drawn anew in the other width.
  const fits = await page.waitForFunction(`(${excess.toString()})() <= 0`, undefined, { timeout: 30_000 }).then(
    () => true,
    () => false,
  );
  const running = await page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
  return [
    ...(fits ? [] : [`is ${await page.evaluate(excess)} pixels wider than ${width}`]),
    ...(running > 0 ? [`has ${running} animations for who wants none`] : []),
  ];
}

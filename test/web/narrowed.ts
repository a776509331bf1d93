import type { Page } from 'playwright-core';
import { lasting, tooWide } from './browser.js';

/** What a page that stands does wrong where it becomes as narrow as this, for a reader who wants no motion. */
export async function narrowed(page: Page, width: number): Promise<string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height: 600 });
  const wide = await tooWide(page);
  const moving = await lasting(async () => {
    const running = await page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
    return running > 0 ? [`${running} animations run for who wants none`] : [];
  });
  return [...wide, ...moving].map((one) => `${width} pixels wide: ${one}`);
}

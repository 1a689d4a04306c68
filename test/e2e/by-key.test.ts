import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

const prices = `date,A,B,C\n${Array.from({ length: 40 }, (_, k) => `2024-${String(1 + Math.floor(k / 20)).padStart(2, '0')}-${String(1 + (k % 20)).padStart(2, '0')},${10 + Math.sin(k)},${20 + Math.cos(k)},${30 + (k % 3)}`).join('\n')}\n`;

/** Presses Tab until what has the focus has this name; the name that had it last, where none has. */
async function tabTo(page: Page, wanted: RegExp): Promise<void> {
  let last = '';
  for (let k = 0; k < 80; k++) {
    last = await page.evaluate(() => {
      const one = document.activeElement as HTMLInputElement | null;
      const label = one?.labels?.[0]?.textContent;
      return (one?.getAttribute('aria-label') ?? label ?? one?.textContent ?? '').trim();
    });
    if (wanted.test(last)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab reached no ${String(wanted)}; the last was “${last}”`);
}

describe.skipIf(!hasBrowser)('data and comparisons by keyboard alone', () => {
  let window: TestWindow;
  let page: Page;

  beforeAll(async () => {
    window = await openTestWindow();
    page = window.page;
    await page.getByRole('button', { name: 'New circuit' }).first().waitFor();
  });

  afterAll(async () => {
    await window.close();
  });

  test('a table is imported, named and shown', async () => {
    const choosing = page.waitForEvent('filechooser');
    await page.keyboard.press('Alt+Shift+i');
    await (await choosing).setFiles({
      name: 'mine.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(prices),
    });
    const dialog = page.getByRole('dialog', { name: 'Import a data set' });
    await dialog.getByRole('table').waitFor();
    await tabTo(page, /^Name/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Three assets');
    await tabTo(page, /^Import$/);
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: 'Three assets' }).waitFor();
    expect(await dialog.count()).toBe(0);
  });

  test('a comparison is set up, run, renamed and removed', async () => {
    await page.keyboard.press('Alt+Shift+b');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Seeds').waitFor();
    await tabTo(page, /^Seeds/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('2');
    await tabTo(page, /^Layers/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('1');
    await tabTo(page, /^Run$/);
    await page.keyboard.press('Enter');
    const shown = page.getByRole('article');
    await shown.getByText('paired bootstrap').waitFor({ timeout: 120_000 });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Rename the shown comparison');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Rename the comparison' }).waitFor();
    await tabTo(page, /^Name/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('By key');
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: 'By key' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Remove the shown comparison');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('article', { name: 'By key' }).count()).toBe(0);
    await page.getByText('No comparison yet').waitFor();
    expect(window.problems).toEqual([]);
  });
});

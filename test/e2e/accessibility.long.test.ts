import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allFaults, prepareAxe, seriousFaults } from '../support/axe.ts';
import { DesignerPage } from '../support/designer-page.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

describe.skipIf(!hasBrowser).each(['light', 'dark'] as const)('the %s window', (colorScheme) => {
  let window: TestWindow;

  beforeAll(async () => {
    window = await openTestWindow({ colorScheme });
    const designer = new DesignerPage(window.page);
    await designer.create();
    await designer.place('h', 0, 0);
    await window.page.getByTestId('histogram').waitFor();
    await prepareAxe(window.page);
  });

  afterAll(async () => {
    await window.close();
  });

  const faults = (): Promise<string[]> => seriousFaults(window.page);

  test('has nothing at all in the circuits workspace', async () => {
    expect(await allFaults(window.page)).toEqual([]);
  });

  test('has nothing serious with parameters, a note, a display, favourites and the search', async () => {
    const { page } = window;
    await page.getByRole('grid').focus();
    await page.keyboard.press('Shift+A');
    await page.getByRole('slider', { name: 'theta' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('n');
    await page.keyboard.type('A note');
    expect(await faults()).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('gridcell', { name: /note: A note/ }).waitFor({ state: 'attached' });
    await page.keyboard.press('d');
    await page.getByRole('menu').waitFor();
    expect(await faults()).toEqual([]);
    await page.keyboard.press('Enter');
    await page.locator('[data-item="x"]').focus();
    await page.keyboard.press('*');
    await page.keyboard.press('Control+f');
    await page.getByRole('search').waitFor();
    expect(await faults()).toEqual([]);
    await page.keyboard.press('Escape');
  });

  test.each(['Training', 'Benchmarks', 'Hardware', 'Data', 'Settings'])(
    'has nothing serious in %s',
    async (workspace) => {
      const { page } = window;
      await page.getByRole('navigation').getByRole('button', { name: workspace }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expect.poll(() => page.getByRole('status', { name: /Loading/ }).count()).toBe(0);
      expect(await faults()).toEqual([]);
    },
  );

  test('has nothing serious in the sheet of shortcuts', async () => {
    await window.page.keyboard.press('?');
    await window.page.getByRole('dialog').waitFor();
    expect(await faults()).toEqual([]);
  });
});

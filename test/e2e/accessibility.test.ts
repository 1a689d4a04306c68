import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareAxe, seriousFaults } from '../support/axe.ts';
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

  test('has nothing serious in the circuits workspace', async () => {
    expect(await faults()).toEqual([]);
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

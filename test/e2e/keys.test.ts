import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DesignerPage } from '../support/designer-page.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

describe.skipIf(!hasBrowser)('keys that the user chooses', () => {
  let window: TestWindow;
  let designer: DesignerPage;

  beforeAll(async () => {
    window = await openTestWindow();
    designer = new DesignerPage(window.page);
    await designer.create();
  });

  afterAll(async () => {
    await window.close();
  });

  test('are recorded, warn of a conflict, work, and are reset', async () => {
    const { page } = window;
    const row = page.locator('[data-command="designer.place-h"]');
    const change = row.getByRole('button', { name: 'Change' });
    await page.keyboard.press('Alt+6');
    await page.getByRole('searchbox', { name: 'Search commands' }).fill('hadamard');
    await change.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('x');
    await expect.poll(() => row.getByRole('alert').innerText()).toContain('is the key of');
    await row.getByRole('button', { name: 'Leave it' }).click();
    await change.click();
    await page.keyboard.press('j');
    await expect.poll(() => change.innerText()).toBe('J');

    await page.keyboard.press('Alt+1');
    await page.getByRole('grid').focus();
    await page.keyboard.press('h');
    await page.keyboard.press('j');
    await expect.poll(() => designer.text()).toMatch(/\nh q\[0\];/);
    expect((await designer.text()).match(/\nh q/g)).toHaveLength(1);

    await page.keyboard.press('Alt+6');
    await page.getByRole('button', { name: 'Reset the key of Place Hadamard' }).click();
    await expect.poll(() => change.innerText()).toBe('H');
    expect(window.problems).toEqual([]);
  });
});

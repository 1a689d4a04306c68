import { expect, test } from 'vitest';
import { describeDesigner } from '../support/designer-window.ts';

describeDesigner('keys that the user chooses', (open) => {
  test('are recorded, warn of a conflict, work, and are reset', async () => {
    const { page } = open;
    const row = page.locator('[data-command="designer.place-h"]');
    const change = row.getByRole('button', { name: 'Change' });
    await page.keyboard.press('Alt+7');
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
    await expect.poll(() => open.designer.text()).toMatch(/\nh q\[0\];/);
    expect((await open.designer.text()).match(/\nh q/g)).toHaveLength(1);

    await page.keyboard.press('Alt+7');
    await page.getByRole('button', { name: 'Reset the key of Place Hadamard' }).click();
    await expect.poll(() => change.innerText()).toBe('H');
    expect(open.window.problems).toEqual([]);
  });
});

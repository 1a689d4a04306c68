import { expect, test } from 'vitest';
import { describeDesigner } from '../support/designer-window.ts';

describeDesigner('the palette’s own gates', (open) => {
  async function run(command: string): Promise<void> {
    await open.page.keyboard.press('Control+k');
    await open.page.getByPlaceholder('Type a command').fill(command);
    await open.page.getByRole('option', { name: command }).click();
  }

  test('a kept gate can be dragged and called by name in another circuit', async () => {
    const { page } = open;
    await open.designer.place('h', 0, 0);
    await page.keyboard.press('Control+g');
    await page.getByRole('textbox', { name: 'Name' }).fill('mine');
    await page.keyboard.press('Enter');
    await expect.poll(() => open.designer.text()).toMatch(/\nmine q\[0\];/);
    await open.designer.place('own-mine', 1, 0);
    await expect.poll(() => open.designer.text()).toMatch(/\nmine q\[1\];/);
    await run('Keep the gate in the library');
    const other = await open.window.reopen();
    await other.getByRole('region', { name: 'Your gates' }).waitFor();
    // A page behind another one is not drawn, and so answers slowly.
    await page.bringToFront();
    await page.getByText('mine is kept in your gate library').waitFor();

    await open.designer.create();
    await page.getByRole('region', { name: 'Your gates' }).waitFor();
    await open.designer.place('own-mine', 2, 0);
    await expect.poll(() => open.designer.text()).toMatch(/gate mine q0 \{[^]*\nmine q\[2\];/);
    await run('Place Your gate mine at the cursor');
    await expect.poll(() => open.designer.text()).toMatch(/\nmine q\[0\];/);
    await run('Remove mine from the gate library');
    // The other window shows the first circuit, which has the gate of its own.
    await other.getByRole('button', { name: 'New circuit' }).first().click();
    await expect.poll(() => other.getByRole('region', { name: 'Your gates' }).count()).toBe(0);
    await other.close();
    await page.bringToFront();
    await open.designer.create();
    await expect.poll(() => page.getByRole('region', { name: 'Your gates' }).count()).toBe(0);
    expect(open.window.problems).toEqual([]);
  });
});

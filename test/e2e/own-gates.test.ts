import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DesignerPage } from '../support/designer-page.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

describe.skipIf(!hasBrowser)('the palette’s own gates', () => {
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

  async function run(command: string): Promise<void> {
    await window.page.keyboard.press('Control+k');
    await window.page.getByPlaceholder('Type a command').fill(command);
    await window.page.getByRole('option', { name: command }).click();
  }

  test('a kept gate can be dragged and called by name in another circuit', async () => {
    const { page } = window;
    await designer.place('h', 0, 0);
    await page.keyboard.press('Control+g');
    await page.getByRole('textbox', { name: 'Name' }).fill('mine');
    await page.keyboard.press('Enter');
    await expect.poll(() => designer.text()).toMatch(/\nmine q\[0\];/);
    await designer.place('own-mine', 1, 0);
    await expect.poll(() => designer.text()).toMatch(/\nmine q\[1\];/);
    await run('Keep the gate in the library');
    await page.getByText('mine is kept in your gate library').waitFor();

    await designer.create();
    await page.getByRole('region', { name: 'Your gates' }).waitFor();
    await designer.place('own-mine', 2, 0);
    await expect.poll(() => designer.text()).toMatch(/gate mine q0 \{[^]*\nmine q\[2\];/);
    await run('Place Your gate mine at the cursor');
    await expect.poll(() => designer.text()).toMatch(/\nmine q\[0\];/);
    await run('Remove mine from the gate library');
    await designer.create();
    await expect.poll(() => page.getByRole('region', { name: 'Your gates' }).count()).toBe(0);
    expect(window.problems).toEqual([]);
  });
});

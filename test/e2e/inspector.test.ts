import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DesignerPage } from '../support/designer-page.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

describe.skipIf(!hasBrowser)('the map of entanglement', () => {
  let window: TestWindow;

  beforeAll(async () => {
    window = await openTestWindow();
  });

  afterAll(async () => {
    await window.close();
  });

  test('shows two bits for a Bell pair, and follows the circuit', async () => {
    const { page } = window;
    const designer = new DesignerPage(page);
    await designer.create();
    await designer.place('h', 0, 0);
    await page.getByText('Entanglement', { exact: true }).click();
    const figures = (): Promise<string[]> =>
      page
        .getByRole('table', { name: /Mutual information/ })
        .locator('td')
        .allTextContents();
    await expect.poll(figures).toEqual(expect.arrayContaining(['0.00']));
    await designer.place('cx', 0, 1);
    await expect
      .poll(async () => (await figures()).filter((text) => text === '2.00'))
      .toHaveLength(2);
    expect(window.problems).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DesignerPage } from '../support/designer-page.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

describe.skipIf(!hasBrowser)('the device that is drawn for', () => {
  let window: TestWindow;
  let designer: DesignerPage;

  beforeAll(async () => {
    window = await openTestWindow();
    designer = new DesignerPage(window.page);
    await designer.create();
    await designer.place('h', 0, 0);
    await designer.place('cx', 1, 1);
  });

  afterAll(async () => {
    await window.close();
  });

  test('marks what it lacks, and tells fidelity, time and cost as the circuit grows', async () => {
    const { page } = window;
    const corner = await designer.pointOf(0, 0);
    /** The picture of the corner above the gate. */
    const picture = async (): Promise<string> => {
      const clip = { x: corner.x + 8, y: corner.y - 22, width: 14, height: 14 };
      return (await page.screenshot({ clip })).toString('base64');
    };
    const before = await picture();
    await page
      .getByRole('combobox', { name: 'Device' })
      .selectOption({ label: 'ibm_torino (model)' });
    const strip = page.getByRole('region', { name: 'On ibm_torino (model)' });
    const figures = strip.getByRole('status');
    await expect.poll(() => figures.textContent()).toMatch(/fidelity about .*\d+(\.\d+)? ?%/);
    await expect.poll(() => figures.textContent()).toMatch(/1 obstacle, 2 rewrites/);
    // The gate has a mark at its corner now.
    await expect.poll(picture).not.toBe(before);
    const fidelity = async (): Promise<number> =>
      Number.parseFloat((await figures.locator('strong').nth(1).textContent()) ?? '');
    const first = await fidelity();
    await designer.place('cx', 0, 3);
    await expect.poll(fidelity).toBeLessThan(first);
    expect(window.problems).toEqual([]);
  });

  test('lists the reasons, from which the gate is found, by keyboard', async () => {
    const { page } = window;
    const toggle = page.getByRole('button', { name: /obstacle/ });
    await toggle.focus();
    await page.keyboard.press('Enter');
    const list = page.getByRole('list', { name: /does not do/ });
    await expect
      .poll(() => list.getByRole('listitem').first().textContent())
      .toMatch(/Cannot run.*Nothing is measured/);
    const rewritten = list.getByRole('button', { name: /no “h”/ });
    await rewritten.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => designer.text()).toContain('h q[0];');
    await page.getByRole('combobox', { name: 'Device' }).selectOption({ label: 'Any' });
    await expect.poll(() => list.count()).toBe(0);
    expect(window.problems).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DesignerPage } from '../support/designer-page.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

describe.skipIf(!hasBrowser)('the inspector', () => {
  let window: TestWindow;

  beforeAll(async () => {
    window = await openTestWindow();
  });

  afterAll(async () => {
    await window.close();
  });

  test('maps two bits of entanglement for a Bell pair, and follows the circuit', async () => {
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

  test('shows the state as bars, on the Q-sphere, as a density matrix and in Paulis', async () => {
    const { page } = window;
    await page.getByText('Amplitudes', { exact: true }).click();
    await page.getByRole('radio', { name: 'Bars', exact: true }).click();
    const bars = page.getByRole('list', { name: 'Amplitudes by basis state' });
    await expect.poll(() => bars.getByRole('listitem').count()).toBe(8);
    await expect.poll(() => bars.getByLabel(/^\|011⟩ magnitude 0\.7071/).count()).toBe(1);
    await page.getByRole('radio', { name: 'Q-sphere' }).click();
    const sphere = page.getByRole('img', { name: /^Q-sphere: 000 50/ });
    await expect.poll(() => sphere.locator('circle').count()).toBe(3);
    await page.getByText('Density matrix', { exact: true }).click();
    const density = page.getByRole('img', { name: /purity 1\.000/ });
    await expect.poll(() => density.locator('rect[fill]').count()).toBe(4);
    const box = await density.boundingBox();
    const panel = await page
      .locator('section.inspector[aria-label="Density matrix"]')
      .boundingBox();
    // Nothing is cut off by the panel.
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan((panel?.y ?? 0) + (panel?.height ?? 0));
    await page.getByRole('radio', { name: 'City' }).click();
    await expect.poll(() => density.locator('.city-bar').count()).toBe(4);
    await page.getByText('Paulis', { exact: true }).click();
    const paulis = page.getByRole('list', { name: /Pauli expectations/ });
    await expect.poll(() => paulis.getByLabel('IYY: -1.0000').count()).toBe(1);
    expect(window.problems).toEqual([]);
  });

  test('shows purity on phase disks, and turns every view with the bit order', async () => {
    const { page } = window;
    await page.getByText('Bloch vectors', { exact: true }).click();
    await page.getByRole('radio', { name: 'Phase disks' }).click();
    const disk = page.getByRole('img', { name: /^q\[0\]: 1 with 50.*no phase, purity 0\.500/ });
    await expect.poll(() => disk.count()).toBe(1);
    await page.getByText('Amplitudes', { exact: true }).click();
    await page.getByRole('radio', { name: 'Bars', exact: true }).click();
    await page.getByRole('button', { name: /q0 rightmost/ }).click();
    await expect.poll(() => page.getByLabel(/^\|110⟩ magnitude 0\.7071/).count()).toBe(1);
    await page.getByRole('button', { name: /q0 leftmost/ }).click();
  });

  test('draws samples on a seed beside the exact distribution', async () => {
    const { page } = window;
    const designer = new DesignerPage(page);
    await designer.place('measure', 0, 2);
    await page.getByRole('radio', { name: 'Shots' }).click();
    await page.getByRole('radio', { name: 'Measured bits' }).click();
    const row = page.getByTestId('histogram').getByRole('listitem').first();
    await expect.poll(() => row.getAttribute('aria-label')).toMatch(/sampled .* ± /);
    const before = await row.getAttribute('aria-label');
    await page.getByRole('spinbutton', { name: 'Seed' }).fill('7');
    await expect.poll(() => row.getAttribute('aria-label')).not.toBe(before);
    await page.getByRole('spinbutton', { name: 'Seed' }).fill('1');
    await expect.poll(() => row.getAttribute('aria-label')).toBe(before);
    await page.getByRole('radio', { name: 'Exact', exact: true }).click();
    expect(window.problems).toEqual([]);
  });
});

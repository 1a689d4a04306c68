import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allFaults, prepareAxe, seriousFaults } from '../support/axe.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

const columnNames = Array.from({ length: 200 }, (_, c) => `A long name of column ${c}`);
const wide = [
  columnNames,
  ...Array.from({ length: 60 }, (_, r) => columnNames.map((_n, c) => `${r}.${c}`)),
]
  .map((cells) => cells.join(','))
  .join('\n');

describe.skipIf(!hasBrowser)('importing a table', () => {
  let window: TestWindow;

  beforeAll(async () => {
    window = await openTestWindow();
    const rail = window.page.getByRole('navigation', { name: 'Workspaces' });
    await rail.getByRole('button', { name: 'Data' }).click();
  });

  afterAll(async () => {
    await window.close();
  });

  async function choose(name: string, content: string | Buffer): Promise<Locator> {
    const { page } = window;
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Import CSV' }).first().click();
    const buffer = Buffer.from(content);
    await (await choosing).setFiles({ name, mimeType: 'text/csv', buffer });
    const dialog = page.getByRole('dialog', { name: 'Import a data set' });
    await dialog.getByRole('table').waitFor();
    return dialog;
  }

  test.each([
    [1280, 800],
    [1024, 700],
  ])('keeps its buttons in view with 200 columns at %i × %i', async (width, height) => {
    const { page } = window;
    await page.setViewportSize({ width, height });
    const dialog = await choose('wide.csv', wide);
    for (const name of ['Cancel', 'Import']) {
      const box = await dialog.getByRole('button', { name, exact: true }).boundingBox();
      expect(box?.x ?? -1).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? Infinity)).toBeLessThanOrEqual(width);
      expect((box?.y ?? 0) + (box?.height ?? Infinity)).toBeLessThanOrEqual(height);
    }
    const table = dialog.getByRole('region', { name: 'Rows' });
    const isScrolling = await table.evaluate(
      (element) => element.scrollWidth > element.clientWidth,
    );
    expect(isScrolling).toBe(true);
    await prepareAxe(page);
    expect(await allFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
  });

  test('says how decimal commas and dates are read, and takes corrections by key', async () => {
    const { page } = window;
    const comma = readFileSync('test/fixtures/real-use/csv-decimal-comma.csv');
    const dialog = await choose('commas.csv', comma);
    const found = dialog.getByRole('region', { name: 'How the file was understood' });
    await found.getByText('Decimal commas were read in “AAA”, “BBB”, “CCC”.').waitFor();
    await found.getByText(/“Date” holds dates .year-month-day., the oldest row first/).waitFor();
    await dialog.getByRole('cell', { name: '100.45' }).waitFor();
    await prepareAxe(page);
    expect(await seriousFaults(page)).toEqual([]);
    const decimal = dialog.getByLabel('Decimal sign');
    await decimal.focus();
    await page.keyboard.press('P');
    await expect.poll(() => decimal.inputValue()).toBe('point');
    await dialog.getByRole('cell', { name: '100,45' }).waitFor();
    await found.getByText(/not offered for a portfolio/).waitFor();
    await decimal.selectOption('comma');
    await dialog.getByRole('cell', { name: '100.45' }).waitFor();
    await expect.poll(() => found.getByText(/not offered for a portfolio/).count()).toBe(0);
    await dialog.getByRole('button', { name: 'Import', exact: true }).press('Enter');
    await expect.poll(() => dialog.count()).toBe(0);
    const detail = page.getByRole('article', { name: 'commas' });
    await detail.getByRole('cell', { name: '100.45' }).waitFor();
  });

  test('reads other encodings, and lets them be corrected', async () => {
    const dialog = await choose('latin.csv', Buffer.from('Größe,y\n1,a\n2,b\n3,a\n', 'latin1'));
    await dialog.getByRole('columnheader', { name: /Größe/ }).waitFor();
    await dialog.getByLabel('Encoding').selectOption('utf-8');
    await dialog.getByRole('columnheader', { name: /Gr\uFFFD/ }).waitFor();
    await dialog.getByLabel('Encoding').selectOption('windows-1252');
    await dialog.getByRole('columnheader', { name: /Größe/ }).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  test('names the lines of what cannot be imported', async () => {
    const dialog = await choose('ragged.csv', 'a,b\n\n1,2\n3\n');
    await dialog.getByText('Line 4: This line has 1 field; the header has 2.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Import', exact: true }).isDisabled()).toBe(
      true,
    );
    await prepareAxe(window.page);
    expect(await seriousFaults(window.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(window.problems).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

const trained = 60_000;

describe.skipIf(!hasBrowser)('training and comparing', () => {
  let window: TestWindow;

  beforeAll(async () => {
    window = await openTestWindow();
  });

  afterAll(async () => {
    await window.close();
  });

  /** Goes to a workspace by its button in the rail. */
  async function goTo(workspace: string): Promise<void> {
    const rail = window.page.getByRole('navigation', { name: 'Workspaces' });
    await rail.getByRole('button', { name: workspace }).click();
  }

  /** Clicks an export button and reads the file that is saved. */
  async function exported(button: string, extension: string): Promise<Uint8Array> {
    // By its kind, so that an earlier file that comes late is not taken for this one.
    const saving = window.page.waitForEvent('download', (download) =>
      download.suggestedFilename().endsWith(extension),
    );
    await window.page.getByRole('button', { name: button }).click();
    return readFileSync(await (await saving).path());
  }

  test('trains eight Dow Jones assets to the exact optimum, with a curve to watch', {
    timeout: 2 * trained,
  }, async () => {
    const { page } = window;
    await goTo('Training');
    await page.getByLabel('Prices').selectOption({ label: 'Dow Jones 30, daily closes 1990–2001' });
    await page.getByLabel('Name').fill('Eight assets');
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    const job = page.getByRole('article', { name: 'Eight assets' });
    await job.getByTestId('curve').waitFor();
    // Whether its optimiser had converged by then is said in the same place.
    await job.getByText(/^completed/).waitFor({ timeout: trained });
    const chosen = job.getByRole('list', { name: 'Chosen' }).getByRole('listitem');
    await expect.poll(() => chosen.count()).toBe(4);
    await job.getByText('reached').waitFor();
    expect(await inkOf(job.getByTestId('curve').locator('canvas'))).toBeGreaterThan(1000);
    expect(window.problems).toEqual([]);
  });

  test('says what is wrong at the field, and does not start', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'New job' }).click();
    await page.getByLabel('Assets to hold').fill('99');
    await page.locator('.field-error, .note-bad').first().waitFor();
    await expect
      .poll(() => page.getByRole('button', { name: 'Start', exact: true }).isDisabled())
      .toBe(true);
  });

  test('compares with exact and annealing, and exports table and figure', {
    timeout: 2 * trained,
  }, async () => {
    const { page } = window;
    await goTo('Benchmarks');
    await page.getByRole('button', { name: 'Set one up' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Seeds').fill('2');
    await dialog.getByLabel('Layers').fill('1');
    await dialog.getByRole('button', { name: 'Run', exact: true }).click();
    const comparison = page.getByRole('article');
    await comparison.getByText('paired bootstrap').waitFor({ timeout: trained });
    await comparison.getByRole('img', { name: /Approximation ratio: QAOA/ }).waitFor();
    // By its key; then every way out, in one dialog.
    await page.keyboard.press('Alt+Shift+X');
    await page.getByRole('dialog').getByText('Width of figures').waitFor();
    const tables = unzipSync(await exported('Export as CSV', 'csv.zip'));
    expect(Object.keys(tables)).toEqual(['summary.csv', 'runs.csv', 'comparisons.csv']);
    expect(strFromU8(tables['summary.csv'] ?? new Uint8Array())).toContain('QAOA,');
    await page.getByLabel('Width of figures').selectOption('One column');
    const pictures = unzipSync(await exported('Export as SVG', 'svg.zip'));
    expect(strFromU8(Object.values(pictures)[0] ?? new Uint8Array())).toContain('<svg');
    const pdfs = unzipSync(await exported('Export as PDF', 'pdf.zip'));
    expect(strFromU8(pdfs['report.pdf'] ?? new Uint8Array(), true)).toMatch(/^%PDF/);
    const document = strFromU8(await exported('Export as JSON', '.json'));
    expect(JSON.parse(document)).toMatchObject({ status: 'completed' });
    await exported('Export as Bundle', '.zip');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  test('refuses a CSV file with the line that is wrong, and takes it once it is mended', async () => {
    const { page } = window;
    await goTo('Data');
    const head = 'date,A,B\n2024-01-02,1.5,2\n';
    await choose(page, `${head}2024-01-03,1.6\n`);
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Line 3').waitFor();
    const importIt = dialog.getByRole('button', { name: 'Import', exact: true });
    await expect.poll(() => importIt.isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await choose(page, `${head}2024-01-03,1.6,2.1\n2024-01-04,1.7,2.2\n`);
    await dialog.getByRole('columnheader', { name: /^date/ }).waitFor();
    await importIt.click();
    const set = page.getByRole('article', { name: 'my prices' });
    await set.getByText('2024-01-04').waitFor();
    await set.getByRole('columnheader', { name: /^A\s*number/ }).waitFor();
  });
});

/** Chooses a file in the Data workspace. */
async function choose(page: Page, text: string): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Import CSV' }).first().click();
  const buffer = Buffer.from(text);
  await (await choosing).setFiles({ name: 'my prices.csv', mimeType: 'text/csv', buffer });
}

/** How many pixels of a canvas are painted. */
function inkOf(canvas: Locator): Promise<number> {
  return canvas.first().evaluate((element: HTMLCanvasElement) => {
    const { width, height } = element;
    const data = element.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
    let ink = 0;
    for (let i = 3; i < data.length; i += 4) if ((data[i] ?? 0) > 0) ink++;
    return ink;
  });
}

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { allFaults, prepareAxe } from '../support/axe.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

const patience = 60_000;
const rng = rngOf(6);

function table(shift: number): string {
  const rows = Array.from({ length: 40 }, () => {
    const [a, b] = [rng.normal(), rng.normal() + shift];
    return `${a},${b},${a + b > 0 ? 'up' : 'down'}`;
  });
  return ['momentum,spread,move', ...rows].join('\n');
}

describe.skipIf(!hasBrowser)('from a table to a kept model and its predictions', () => {
  let window: TestWindow;

  beforeAll(async () => {
    window = await openTestWindow();
  });

  afterAll(async () => {
    await window.close();
  });

  async function goTo(workspace: string): Promise<void> {
    const rail = window.page.getByRole('navigation', { name: 'Workspaces' });
    await rail.getByRole('button', { name: workspace }).click();
  }

  async function importTable(name: string, text: string): Promise<void> {
    const { page } = window;
    await goTo('Data');
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Import CSV' }).first().click();
    await (await choosing).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('article', { name: name.replace('.csv', '') }).waitFor();
  }

  test('a job of a learner leaves its model with all that a referee asks', {
    timeout: 2 * patience,
  }, async () => {
    const { page } = window;
    await goTo('Models');
    await page.getByText('No models yet').waitFor();
    await importTable('market.csv', table(0));
    await goTo('Training');
    await page.getByLabel('Problem', { exact: true }).selectOption({ label: 'Classification' });
    await page.getByLabel('Data', { exact: true }).selectOption({ label: 'market' });
    await page
      .getByLabel('Algorithm', { exact: true })
      .selectOption({ label: 'Quantum kernel SVM' });
    await page.getByLabel('Name').fill('Moves of the market');
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    const job = page.getByRole('article', { name: 'Moves of the market' });
    await job.getByText(/^completed/).waitFor({ timeout: patience });
    await goTo('Models');
    const card = page.getByRole('article', { name: 'Moves of the market' });
    await card.getByRole('region', { name: 'Data and lineage' }).getByText('SHA-256').waitFor();
    await card.getByText('tells one of two classes: move').waitFor();
    await card.getByRole('region', { name: 'OpenQASM' }).getByText('qubit[2] q;').waitFor();
    await prepareAxe(page);
    expect(await allFaults(page)).toEqual([]);
  });

  test('it predicts a file, and says what drifts', { timeout: patience }, async () => {
    const { page } = window;
    await importTable('later.csv', table(4));
    await goTo('Models');
    await page.getByRole('option', { name: /Moves of the market/ }).click();
    await page.keyboard.press('Alt+P');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Table').selectOption({ label: 'later' });
    await dialog.getByRole('button', { name: 'Predict', exact: true }).click();
    await dialog.getByText(/“spread” is not distributed as in training/).waitFor({
      timeout: patience,
    });
    await dialog.getByText(/Rows told “up”/).waitFor();
    await prepareAxe(page);
    expect(await allFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
  });

  test('it is exported, removed, taken back, and its circuit opened', {
    timeout: patience,
  }, async () => {
    const { page } = window;
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const text = readFileSync(await (await saving).path(), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ format: 'ketbench-model', version: 1 });
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('No models yet').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('option', { name: /Moves of the market/ }).waitFor();
    await page.getByRole('button', { name: 'Open circuit' }).click();
    await page
      .getByRole('tab', { name: /Moves of the market/ })
      .first()
      .waitFor();
    expect(window.problems).toEqual([]);
  });

  test('a thousand models are searched and put in order', { timeout: patience }, async () => {
    const { page } = window;
    await goTo('Models');
    const list = page.getByRole('listbox', { name: 'Models' });
    await list.getByRole('option').first().waitFor();
    await page.getByLabel('Search models').fill('nothing has this name');
    await page.getByText('No model is found').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await list.getByRole('option').first().waitFor();
  });
});

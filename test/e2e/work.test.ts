import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

const ring = {
  kind: 'maxcut',
  nodes: 6,
  edges: [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 4],
    [4, 5],
    [5, 0],
  ],
};
/** Goes on for minutes, so that it can be cancelled. */
const long = {
  algorithm: 'qaoa',
  name: 'Long',
  problem: { kind: 'maxcut', nodes: 16, edges: Array.from({ length: 15 }, (_, k) => [k, k + 1]) },
  settings: { layers: 6, optimizer: { id: 'adam', maxIterations: 5000 } },
  seed: 1,
};
const patience = { timeout: 120_000 };

describe.skipIf(!hasBrowser)('the work of a library', () => {
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

  /** Runs a spec from a terminal beside the window. */
  async function run(spec: object): Promise<void> {
    const path = join(window.home, 'spec.json');
    writeFileSync(path, JSON.stringify(spec));
    await window.command('run', path, '--json');
  }

  const jobRow = (name: string): Locator =>
    window.page.locator('.job-rows').getByRole('option', { name });

  test(
    'calls the highest value of a maximised problem best, and shows the angles',
    patience,
    async () => {
      const { page } = window;
      const settings = { layers: 1, optimizer: { id: 'cobyla' } };
      await run({ algorithm: 'qaoa', name: 'Ring', problem: ring, settings, seed: 1 });
      await goTo('Training');
      await jobRow('Ring').click();
      const job = page.getByRole('article', { name: 'Ring' });
      await job.getByTestId('curve').waitFor();
      const caption = await job.getByText(/^highest/).textContent();
      const [, best, latest] = /highest ([\d.]+) at \d+, latest ([\d.]+)/.exec(caption ?? '') ?? [];
      expect(Number(best)).toBeGreaterThan(3.5);
      expect(Number(best)).toBeGreaterThanOrEqual(Number(latest));
      expect(await job.getByText(/lowest/).count()).toBe(0);
      await job.getByText('Best so far').waitFor();
      expect(await job.getByText('Evaluations').count()).toBeGreaterThan(0);
      const angles = job.getByRole('table', { name: 'Angles' });
      await angles.getByRole('rowheader', { name: 'γ' }).waitFor();
      await angles.getByRole('rowheader', { name: 'β' }).waitFor();
    },
  );

  test('saves a job with its name, spec, seed, version and curves', async () => {
    const { page } = window;
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as JSON' }).click();
    const file = await saving;
    expect(file.suggestedFilename()).toBe('Ring.json');
    const saved = JSON.parse(readFileSync(await file.path(), 'utf8')) as {
      curves: { name: string; x: number[]; y: number[] }[];
    };
    expect(saved).toMatchObject({
      name: 'Ring',
      seed: 1,
      spec: { algorithm: 'qaoa', problem: { kind: 'maxcut' } },
      provenance: { ketbench: expect.any(String) as string },
    });
    expect(saved.curves[0]?.y.length).toBeGreaterThan(3);
  });

  test(
    'says of a learner what it reached over all folds, beside baseline and chance',
    patience,
    async () => {
      const { page } = window;
      await run({
        algorithm: 'qsvm',
        name: 'Cards',
        problem: {
          kind: 'classification',
          data: 'credit-card',
          target: 'card',
          features: ['age', 'income'],
          sampleSize: 60,
        },
        seed: 1,
      });
      await jobRow('Cards').click();
      const job = page.getByRole('article', { name: 'Cards' });
      const means = job.getByRole('table', { name: 'Means over the folds' });
      for (const metric of [
        'Accuracy',
        'Balanced accuracy',
        'Area under the ROC curve',
        'F1 score',
      ]) {
        const row = means.getByRole('row', { name: new RegExp(`^${metric}`) });
        await row.waitFor();
        expect(await row.getByText(/\d ± \d/).count()).toBeGreaterThanOrEqual(3);
      }
      await job.getByText(/of the rows are of one class/).waitFor();
      const confusion = job.getByRole('table', { name: 'Confusion matrix' });
      const counts = await confusion.getByRole('cell').allTextContents();
      expect(counts.map(Number).reduce((sum, count) => sum + count, 0)).toBe(60);
      await job.getByText('Test results by fold').first().click();
      const folds = job.getByRole('table', { name: 'Test results by fold' });
      expect(await folds.getByRole('row').count()).toBe(6);
      expect(await job.getByText('Best so far').count()).toBe(0);
    },
  );

  test('takes a removed job back, and carries the removal out on leaving', async () => {
    const { page } = window;
    const messages = page.getByRole('region', { name: 'Messages' });
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect.poll(() => jobRow('Cards').count()).toBe(0);
    await messages.getByRole('button', { name: 'Undo' }).click();
    await jobRow('Cards').click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect.poll(() => jobRow('Cards').count()).toBe(0);
    await page.reload();
    await goTo('Training');
    await jobRow('Ring').waitFor();
    await expect.poll(() => jobRow('Cards').count()).toBe(0);
  });

  test(
    'two clicks on Cancel cancel and remove nothing, and the angles so far are kept',
    patience,
    async () => {
      const { page } = window;
      const started = run(long).catch(() => undefined);
      await jobRow('Long').click();
      const job = page.getByRole('article', { name: 'Long' });
      await job.getByTestId('curve').waitFor();
      await expect.poll(() => job.getByText(/^highest/).count()).toBe(1);
      const cancel = job.getByRole('button', { name: /^Cancel/ });
      const box = await cancel.boundingBox();
      if (box === null) throw new Error('no button');
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      for (let click = 0; click < 6; click++) {
        await page.mouse.click(x, y);
        await page.waitForTimeout(250);
      }
      await job.getByText('cancelled', { exact: true }).waitFor();
      await page.mouse.click(x, y);
      await page.mouse.click(x, y);
      await started;
      expect(await jobRow('Long').count()).toBe(1);
      const reached = job.getByRole('region', { name: 'Reached before the end' });
      expect(await reached.getByRole('rowheader').allTextContents()).toEqual(['γ', 'β']);
    },
  );

  test('names what a form leaves out, with the reason', async () => {
    const { page } = window;
    await goTo('Data');
    const files = {
      'no dates.csv': 'A,B\n1,2\n3,4\n5,6\n',
      'below zero.csv': 'date,A,B\n2024-01-02,1,-2\n2024-01-03,3,4\n2024-01-04,5,6\n',
    };
    for (const [name, text] of Object.entries(files)) {
      const choosing = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Import CSV' }).first().click();
      await (await choosing).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Import', exact: true }).click();
      await expect.poll(() => dialog.count()).toBe(0);
    }
    await goTo('Training');
    await page.getByRole('button', { name: 'New job' }).click();
    await page.getByLabel('Kind of problem').selectOption({ label: 'Portfolio' });
    await page.getByText('1 data set not offered here').click();
    const list = page.locator('.left-out');
    // Prices need no dates.
    expect(await list.getByText('no dates').count()).toBe(0);
    expect(
      await list.getByText(/below zero: .*“B” holds values that are not above 0/).count(),
    ).toBe(1);
  });

  test('says faults in words, and why a job cannot start', async () => {
    const { page } = window;
    await page.getByLabel('Layers').fill('0');
    await page.locator('.field-error').getByText('Must be at least 1.').waitFor();
    await page.getByText('settings.layers: Must be at least 1.').waitFor();
    await page.getByLabel('Layers').fill('many');
    const said = page
      .locator('.field-error')
      .getByText(/^A (whole )?number is expected, not “many”.$/);
    await said.waitFor();
    await page.getByLabel('Layers').fill('2');
    await expect
      .poll(() => page.getByRole('button', { name: 'Start', exact: true }).isEnabled())
      .toBe(true);
    const initial = page.getByLabel('Initial state');
    expect(await initial.locator('option').first().textContent()).toBe('Chosen by the method');
  });

  test('undoes the removal of a data set', async () => {
    const { page } = window;
    await goTo('Data');
    const set = page
      .getByRole('list', { name: 'Data sets' })
      .getByRole('button', { name: 'no dates' });
    await set.click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect.poll(() => set.count()).toBe(0);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await set.waitFor();
  });

  test('keeps a budget that cannot be one in its field, and says so', async () => {
    const { page } = window;
    await goTo('Settings');
    const budget = page.getByLabel(/Most that hardware may cost/);
    await budget.fill('-5');
    await page.getByText('Expected a number of 0 or more. The budget stays unset.').waitFor();
    expect(await budget.inputValue()).toBe('-5');
    await budget.fill('12.5');
    await goTo('Data');
    await goTo('Settings');
    await expect.poll(() => budget.inputValue()).toBe('12.5');
    expect(window.problems).toEqual([]);
  });

  test('tells of a job that ends, wherever the user is', patience, async () => {
    const { page } = window;
    await goTo('Data');
    await run({ algorithm: 'exact', name: 'Told', problem: ring });
    await page
      .getByRole('region', { name: 'Messages' })
      .getByText('“Told” is completed.')
      .waitFor();
    await expect.poll(() => page.title()).toMatch(/^Job completed: /);
    // It leaves by itself, and so does the word in the title.
    await expect.poll(() => page.getByText('“Told” is completed.').count()).toBe(0);
    await expect.poll(() => page.title()).not.toMatch(/completed/);
  });
});

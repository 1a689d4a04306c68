import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allFaults, prepareAxe } from '../support/axe.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

const specs = {
  Ring: {
    algorithm: 'qaoa',
    problem: {
      kind: 'maxcut',
      nodes: 4,
      edges: [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 0],
      ],
    },
    settings: { layers: 1, optimizer: { id: 'cobyla' } },
  },
  Cards: {
    algorithm: 'qsvm',
    problem: {
      kind: 'classification',
      data: 'credit-card',
      target: 'card',
      features: ['age', 'income'],
      sampleSize: 40,
    },
  },
};
const comparison = {
  name: 'Compared',
  problem: specs.Ring.problem,
  contenders: [
    { label: 'QAOA', kind: 'quantum', ...specs.Ring, problem: undefined },
    { label: 'Exact', kind: 'classical', algorithm: 'exact' },
  ],
  seeds: [1, 2],
};

describe.skipIf(!hasBrowser).each(['light', 'dark'] as const)(
  'work in a %s window',
  (colorScheme) => {
    let window: TestWindow;

    beforeAll(async () => {
      window = await openTestWindow({ colorScheme });
      const path = join(window.home, 'spec.json');
      for (const [name, spec] of Object.entries(specs)) {
        writeFileSync(path, JSON.stringify({ name, ...spec }));
        await window.command('run', path, '--json');
      }
      writeFileSync(path, JSON.stringify(comparison));
      await window.command('benchmark', path, '--json');
      await prepareAxe(window.page);
    }, 120_000);

    afterAll(async () => {
      await window.close();
    });

    const faults = (): Promise<string[]> => allFaults(window.page);

    async function goTo(workspace: string): Promise<void> {
      const rail = window.page.getByRole('navigation', { name: 'Workspaces' });
      await rail.getByRole('button', { name: workspace }).click();
      await window.page.getByRole('heading', { level: 1 }).waitFor();
      await expect.poll(() => window.page.getByRole('status', { name: /Loading/ }).count()).toBe(0);
    }

    test('has no fault in the forms for jobs, with and without messages', async () => {
      const { page } = window;
      await goTo('Training');
      expect(await faults()).toEqual([]);
      await page.getByLabel('Layers').fill('0');
      await page.locator('.field-error').getByText('Must be at least 1.').waitFor();
      expect(await faults()).toEqual([]);
      await page.getByLabel('Kind of problem').selectOption({ label: 'Classification' });
      await page.getByLabel('Target', { exact: true }).waitFor();
      expect(await faults()).toEqual([]);
    });

    test.each(['Ring', 'Cards'])(
      'has no fault in the job %s with all of its parts open',
      async (name) => {
        const { page } = window;
        await goTo('Training');
        await page.locator('.job-rows').getByRole('option', { name }).click();
        const job = page.getByRole('article', { name });
        await job.getByTestId('curve').waitFor();
        await job.getByRole('region', { name: 'Result' }).waitFor();
        for (const summary of await job.locator('summary').all()) await summary.click();
        await job.locator('.log-lines').waitFor();
        expect(await faults()).toEqual([]);
      },
    );

    test('has no fault in a comparison, its dialogs and its removal', async () => {
      const { page } = window;
      await goTo('Benchmarks');
      const article = page.getByRole('article', { name: 'Compared' });
      await article.getByRole('region', { name: 'How it was run' }).waitFor();
      expect(await faults()).toEqual([]);
      await article.getByRole('button', { name: 'Rename' }).click();
      expect(await faults()).toEqual([]);
      await page.getByRole('dialog').getByLabel('Name').fill('Renamed');
      await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
      await page.getByRole('article', { name: 'Renamed' }).waitFor();
      await page.getByRole('button', { name: 'New comparison' }).click();
      await page.getByRole('dialog').getByLabel('Seeds').waitFor();
      expect(await faults()).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Remove', exact: true }).click();
      await page.getByRole('button', { name: 'Undo', exact: true }).waitFor();
      expect(await faults()).toEqual([]);
      await page.getByRole('button', { name: 'Undo', exact: true }).click();
      await page.getByRole('article', { name: 'Renamed' }).waitFor();
    });

    test('has no fault in the folded runs of a comparison', async () => {
      const { page } = window;
      await goTo('Training');
      const group = page.locator('.job-rows').getByRole('option', { name: /^Compared.*4 runs/ });
      expect(await page.locator('.job-rows').getByRole('option').count()).toBe(3);
      await group.click();
      await expect.poll(() => page.locator('.job-rows').getByRole('option').count()).toBe(7);
      expect(await faults()).toEqual([]);
      await group.click();
      await expect.poll(() => page.locator('.job-rows').getByRole('option').count()).toBe(3);
    });

    test('has no fault on devices, at the vault, at data and in settings', async () => {
      const { page } = window;
      await goTo('Hardware');
      await page.getByText('ibm_torino (model)', { exact: true }).click();
      expect(await faults()).toEqual([]);
      await page.getByRole('button', { name: 'Add a key' }).click();
      const vault = page.getByRole('dialog');
      await vault.getByLabel('Passphrase', { exact: true }).fill('abc');
      await vault.getByRole('button', { name: 'Make it' }).click();
      await vault.getByText(/Too weak/).waitFor();
      expect(await faults()).toEqual([]);
      await page.keyboard.press('Escape');
      await goTo('Data');
      await page.getByRole('article').getByRole('columnheader').first().waitFor();
      expect(await faults()).toEqual([]);
      await goTo('Settings');
      await page.getByLabel(/Most that hardware may cost/).fill('-1');
      expect(await faults()).toEqual([]);
      expect(window.problems).toEqual([]);
    });
  },
);

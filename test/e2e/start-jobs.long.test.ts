import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allFaults, prepareAxe } from '../support/axe.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

const patience = { timeout: 420_000 };

describe.skipIf(!hasBrowser)('the form of a job', () => {
  let window: TestWindow;
  let page: Page;

  beforeAll(async () => {
    window = await openTestWindow();
    page = window.page;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    page.setDefaultTimeout(60_000);
  });

  afterAll(async () => {
    await window.close();
  });

  const start = (): Locator => page.getByRole('button', { name: 'Start', exact: true });
  const field = (name: string): Locator => page.getByLabel(name, { exact: true });
  /** What names the job: kinds of problems have names of their own in them. */
  const jobName = (on = page): Locator =>
    on.getByRole('region', { name: 'Run' }).getByLabel('Name', { exact: true });
  const view = (name: 'Form' | 'JSON'): Promise<void> => page.getByRole('radio', { name }).click();
  const jobs = (): Locator => page.locator('.job-rows').getByRole('option');

  async function openForm(): Promise<void> {
    await page.keyboard.press('Alt+Shift+N');
    await page.getByRole('form', { name: 'New job' }).waitFor();
  }

  /** Pastes a text in the place of the JSON. */
  async function pasteJson(text: string): Promise<void> {
    await page.getByTestId('json-text').locator('.view-lines').click();
    await page.keyboard.press('Control+a');
    // Pasted: keys would have brackets closed and lines indented.
    await page.evaluate((content) => navigator.clipboard.writeText(content), text);
    await page.keyboard.press('Control+v');
  }

  /** The spec of a job, as its document has it. */
  async function specOf(name: string): Promise<Record<string, unknown>> {
    const { jobs: rows } = JSON.parse(await window.command('jobs', 'list', '--json')) as {
      jobs: { name: string; jobId: string }[];
    };
    const id = rows.find((row) => row.name === name)?.jobId ?? '';
    const document = JSON.parse(await window.command('jobs', 'show', id, '--json')) as {
      provenance: { spec: Record<string, unknown> };
    };
    return document.provenance.spec;
  }

  /** The table that the first model learned from; waits for a job that leaves one. */
  async function tableOfFirstModel(): Promise<string> {
    const trained = async (): Promise<string | null> => {
      const { models } = JSON.parse(await window.command('models', 'list', '--json')) as {
        models: { trainingDataSetId: string | null }[];
      };
      return models[0]?.trainingDataSetId ?? null;
    };
    await expect.poll(trained, { timeout: 60_000 }).not.toBeNull();
    return (await trained()) ?? '';
  }

  test('starts every algorithm and every kind of problem with the mouse', patience, async () => {
    const rail = page.getByRole('navigation', { name: 'Workspaces' });
    await rail.getByRole('button', { name: 'Training' }).click();
    await field('Kind of problem').waitFor();
    const kinds = await field('Kind of problem').locator('option').allTextContents();
    expect(kinds.length).toBeGreaterThanOrEqual(6);
    const started = new Set<string>();
    for (const kind of kinds) {
      await page.getByRole('button', { name: 'New job' }).click();
      await field('Kind of problem').selectOption({ label: kind });
      if (kind === 'Classification') await field('Sample size').fill('40');
      if (kind === 'Decomposition') await field('Last row').fill('99');
      const data = kind === 'Prediction' ? await tableOfFirstModel() : null;
      const algorithms = await field('Algorithm').locator('option').allTextContents();
      const fresh = algorithms.filter((one) => !started.has(one));
      for (const algorithm of fresh.length > 0 ? fresh : algorithms.slice(-1)) {
        started.add(algorithm);
        await page.getByRole('button', { name: 'New job' }).click();
        await field('Algorithm').selectOption({ label: algorithm });
        // Two bits of four columns are more qubits than it trains, which its field says.
        if (algorithm === 'Quantum Boltzmann machine') {
          await page.getByText('at most 5 are trained').first().waitFor();
          await field('Bits a column').fill('1');
        }
        if (data !== null) {
          await field('Model').first().selectOption({ index: 1 });
          await field('Data').selectOption(data);
        }
        await jobName().fill(`${kind}: ${algorithm}`);
        await field('Shots').fill(algorithm === 'Sample' ? '100' : '');
        await start().click();
        await page.getByRole('article', { name: `${kind}: ${algorithm}` }).waitFor();
      }
    }
    const all = await window.command('catalog', 'algorithm', '--json');
    expect(started.size).toBe((JSON.parse(all) as unknown[]).length);
    // The list draws the rows that are seen; the library knows all of them.
    const states = async (): Promise<string[]> => {
      const list = JSON.parse(await window.command('jobs', 'list', '--json')) as {
        jobs: { name: string; status: string; error: { message: string } | null }[];
      };
      return list.jobs
        .filter(({ status }) => status !== 'completed')
        .map(({ name, status, error }) => `${name} ${status}: ${error?.message ?? ''}`);
    };
    await expect.poll(states, { timeout: 240_000 }).toEqual([]);
    expect(window.problems).toEqual([]);
  });

  test('starts one with the keyboard alone, and shows what it will need', async () => {
    await page.keyboard.press('Alt+1');
    await openForm();
    // The field that comes first has the focus; a letter chooses in it.
    await page.keyboard.type('Maximum cut');
    await expect.poll(() => field('Kind of problem').inputValue()).toBe('maxcut');
    const forecast = page.getByRole('region', { name: 'Forecast' });
    await forecast.getByText(/[KM]iB|\d B/).waitFor();
    await forecast.getByText('free').waitFor();
    for (let k = 0; k < 60; k++) {
      await page.keyboard.press('Tab');
      if (await jobName().evaluate((one) => one === document.activeElement)) break;
    }
    await page.keyboard.press('Control+a');
    await page.keyboard.type('By key');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('article', { name: 'By key' }).waitFor();
  });

  test('says each fault at its field and leads there', async () => {
    await openForm();
    await field('Kind of problem').selectOption({ label: 'Portfolio' });
    await field('Assets to hold').fill('99');
    await field('Shots').fill('many');
    const faults = page.getByRole('region', { name: 'What has to be mended' });
    await faults.getByText('shots').waitFor();
    await expect.poll(() => start().isDisabled()).toBe(true);
    await faults.getByRole('button', { name: /^shots/ }).click();
    expect(await field('Shots').evaluate((one) => one === document.activeElement)).toBe(true);
    expect(await field('Shots').getAttribute('aria-invalid')).toBe('true');
    await field('Shots').fill('');
    // What only the data show comes once the form is right, at its field as well.
    await page.locator('[data-path="problem.budget"] .field-error').waitFor();
    await page.keyboard.press('F8');
    await expect
      .poll(() => field('Assets to hold').evaluate((one) => one === document.activeElement))
      .toBe(true);
    await field('Assets to hold').fill('4');
    await expect.poll(() => start().isEnabled()).toBe(true);
  });

  test('builds noise and a stack of mitigation, in their order', async () => {
    await openForm();
    await field('Kind of problem').selectOption({ label: 'Circuit' });
    await field('Algorithm').selectOption({ label: 'Expectation values' });
    await field('Shots').fill('50');
    await field('Noise').selectOption('rules');
    await field('Channel').selectOption('bit_flip');
    await field('p').fill('0.01');
    await field('After gates').fill('2q');
    await field('Add a technique').selectOption('readout');
    await field('Add a technique').selectOption('zne');
    const stack = page.getByRole('region', { name: 'Error mitigation' });
    await stack.getByLabel('Scale factors').fill('1, 3');
    await stack
      .getByRole('button', { name: /^Move .* down$/ })
      .first()
      .click();
    // Readings are mended before anything is extrapolated from them, and the form says so.
    await expect.poll(() => stack.locator('.field-error').count()).toBeGreaterThan(0);
    await stack
      .getByRole('button', { name: /^Remove/ })
      .last()
      .click();
    await expect.poll(() => stack.locator('.field-error').count()).toBe(0);
    await jobName().fill('Noisy');
    await start().click();
    await page.getByRole('article', { name: 'Noisy' }).getByText('completed').first().waitFor();
    expect(await specOf('Noisy')).toMatchObject({
      shots: 50,
      noise: { rules: [{ channel: 'bit_flip', p: 0.01, on: '2q' }] },
      mitigation: [{ technique: 'zne', scaleFactors: [1, 3] }],
    });
  });

  test('shares a job between backends, by what is chosen', patience, async () => {
    await openForm();
    await page.getByRole('button', { name: 'Begin anew' }).click();
    await field('Kind of problem').selectOption('maxcut');
    await field('Shots').fill('20');
    const backend = page.getByRole('region', { name: 'Backend' });
    expect(await backend.getByLabel('Shared by').count()).toBe(0);
    await backend.getByRole('button', { name: 'Add a backend' }).click();
    await backend.getByLabel('And on (2)').selectOption('mps');
    await backend.getByLabel('Shared by').selectOption('fidelity');
    await jobName().fill('Shared');
    await start().click();
    await page.getByRole('article', { name: 'Shared' }).getByText('completed').first().waitFor();
    expect(await specOf('Shared')).toMatchObject({
      backend: ['simulator', 'mps'],
      split: 'fidelity',
    });
    await openForm();
    await backend.getByRole('button', { name: 'Remove backend 2' }).click();
    await expect.poll(() => backend.getByLabel('Shared by').count()).toBe(0);
    await field('Shots').fill('');
  });

  test('is its JSON and back, with faults by line', patience, async () => {
    await openForm();
    await view('JSON');
    const spec = {
      algorithm: 'exact',
      problem: {
        kind: 'maxcut',
        nodes: 3,
        edges: [
          [0, 1],
          [1, 2],
        ],
      },
      name: 'From JSON',
      seed: 7,
    };
    await pasteJson(JSON.stringify(spec, null, 2));
    await view('Form');
    expect(await jobName().inputValue()).toBe('From JSON');
    expect(await field('Edges').inputValue()).toBe('0, 1\n1, 2');
    await field('Seed').fill('4711');
    await view('JSON');
    await page.getByTestId('json-text').getByText('4711').waitFor();
    await pasteJson('{\n  "seed": 8,\n  "seed": }');
    await page
      .getByRole('alert')
      .getByText(/^Line 3: /)
      .waitFor();
    await expect.poll(() => start().isDisabled()).toBe(true);
    await pasteJson(JSON.stringify({ ...spec, shine: 1, settings: { glow: 2 } }, null, 2));
    // What the form has no field for is shown in the text.
    await page.getByRole('button', { name: /^Line \d+.*shine/ }).waitFor();
    await view('Form');
    await page.getByRole('button', { name: /shine/ }).click();
    await page.getByTestId('json-text').waitFor();
    await pasteJson(JSON.stringify(spec));
    await expect.poll(() => start().isEnabled()).toBe(true);
    await view('Form');
  });

  test('holds a copy of a job, and runs one again with another seed', async () => {
    await jobs().filter({ hasText: 'By key' }).click();
    await page.getByRole('button', { name: 'Clone and edit' }).click();
    await expect.poll(() => jobName().inputValue()).toBe('By key');
    expect(await field('Kind of problem').inputValue()).toBe('maxcut');
    // The newest of the offers to undo: that of the form which was begun anew may still be there.
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await expect.poll(() => jobName().inputValue()).toBe('From JSON');
    await jobs().filter({ hasText: 'Noisy' }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Clone and edit' }).click();
    await expect.poll(() => jobName().inputValue()).toBe('Noisy');
    await jobs().filter({ hasText: 'Noisy' }).click();
    await page.keyboard.press('Alt+r');
    await page.getByText(/^Started again, with the seed \d+\.$/).waitFor();
    await expect.poll(() => jobs().filter({ hasText: 'Noisy' }).count()).toBe(2);
  });

  test(
    'starts a long training that is finished by its button, with a result',
    patience,
    async () => {
      await openForm();
      await view('JSON');
      const edges = Array.from({ length: 14 }, (_, i) => [i, (i + 1) % 14, 1 + i / 10]);
      await pasteJson(
        JSON.stringify({
          algorithm: 'qaoa',
          problem: { kind: 'maxcut', nodes: 14, edges },
          settings: { layers: 20, optimizer: { id: 'adam', maxIterations: 5000 } },
          name: 'Long training',
        }),
      );
      await view('Form');
      await start().click();
      const job = page.getByRole('article', { name: 'Long training' });
      await job.getByRole('button', { name: 'Finish now' }).click();
      await job.getByText('completed, finished on request').waitFor({ timeout: 20_000 });
      await job.getByText('The run was finished on request, before its own end.').waitFor();
      expect(await job.getByRole('button', { name: 'Finish now' }).count()).toBe(0);
      expect(window.problems).toEqual([]);
    },
  );

  test('takes a file that is dropped, and copies the command', async () => {
    await openForm();
    const text = JSON.stringify({ algorithm: 'exact', problem: { kind: 'qubo', linear: [1] } });
    const files = await page.evaluateHandle((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], 'mine.json', { type: 'application/json' }));
      return transfer;
    }, text);
    await page
      .getByRole('form', { name: 'New job' })
      .dispatchEvent('drop', { dataTransfer: files });
    await expect.poll(() => field('Kind of problem').inputValue()).toBe('qubo');
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as a spec file' }).click();
    expect((await saving).suggestedFilename()).toBe('spec.json');
    await page.getByRole('button', { name: 'Copy as command' }).click();
    await page.getByText('Copied').waitFor();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    expect(command).toMatch(/ketbench run 'spec.json'/);
    const copied = /<<'SPEC'\n([\s\S]*)\nSPEC\n/.exec(command)?.[1] ?? '';
    const path = join(window.home, 'spec.json');
    writeFileSync(path, copied);
    expect(JSON.parse(await window.command('run', path, '--json'))).toMatchObject({
      status: 'completed',
    });
  });

  test('asks before a machine is paid for', async () => {
    await openForm();
    await field('Kind of problem').selectOption({ label: 'Circuit' });
    await field('Algorithm').selectOption({ label: 'Sample' });
    await field('Shots').fill('100');
    await field('Noise').selectOption('');
    await field('Runs on').selectOption('ionq.qpu.forte-1');
    await page
      .getByRole('region', { name: 'Forecast' })
      .getByText(/key of IonQ/)
      .waitFor();
    const before = await jobs().count();
    const dialog = page.getByRole('dialog');
    await page.keyboard.press('Control+Enter');
    await dialog
      .getByText(/unknown price/)
      .first()
      .waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await jobs().count()).toBe(before);
    await field('Runs on').selectOption('simulator');
  });

  test('can be read and used by everyone', patience, async () => {
    await openForm();
    await field('Noise').selectOption('rules');
    await field('Add a technique').selectOption({ index: 1 });
    await field('Shots').fill('x');
    await page.getByRole('region', { name: 'What has to be mended' }).waitFor();
    await prepareAxe(page);
    expect(await allFaults(page)).toEqual([]);
    await view('JSON');
    await page.getByTestId('json-text').locator('.view-lines').waitFor();
    const own = (await allFaults(page)).filter((fault) => !fault.includes('monaco'));
    expect(own).toEqual([]);
    await view('Form');
    await field('Shots').fill('');
  });

  test('outlives its window and its host', patience, async () => {
    await jobName().fill('Half written');
    const again = await window.reopen();
    const rail = again.getByRole('navigation', { name: 'Workspaces' });
    await rail.getByRole('button', { name: 'Training' }).click();
    await expect.poll(() => jobName(again).inputValue()).toBe('Half written');
    await jobName(again).fill('Half written again');
    await window.killHost();
    await window.restartHost();
    await again.reload();
    await rail.getByRole('button', { name: 'Training' }).click();
    await expect.poll(() => jobName(again).inputValue()).toBe('Half written again');
  });
});

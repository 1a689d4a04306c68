import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allFaults, prepareAxe } from '../support/axe.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

const bell = 'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; h q[0]; cx q[0], q[1];';
const ring = { kind: 'maxcut', nodes: 3, edges: [0, 1, 2].map((i) => [i, (i + 1) % 3]) };

/** One job of every kind of result, with what its headline is called. */
const jobs = [
  {
    headline: 'Most frequent outcome',
    spec: {
      algorithm: 'sample',
      problem: { kind: 'circuit', qasm: bell },
      shots: 100,
    },
  },
  {
    headline: 'Z0*Z1, mitigated',
    spec: {
      algorithm: 'expectation',
      problem: { kind: 'circuit', qasm: bell, observables: ['Z0*Z1', 'X0*X1'] },
      noise: { rules: [{ on: '2q', channel: 'depolarizing', p: 0.05 }] },
      mitigation: [{ technique: 'zne', scaleFactors: [1, 3], extrapolation: 'linear' }],
    },
  },
  {
    headline: 'Best found',
    spec: {
      algorithm: 'qaoa',
      problem: ring,
      settings: { layers: 1, optimizer: { id: 'cobyla' } },
    },
  },
  {
    headline: 'Lowest energy',
    spec: {
      algorithm: 'exact',
      problem: {
        kind: 'hamiltonian',
        qubits: 2,
        terms: [
          ['XX', 1],
          ['ZI', 0.5],
          ['YZ', -0.25],
        ],
      },
      settings: { states: 4 },
    },
  },
  {
    headline: 'Test accuracy',
    spec: {
      algorithm: 'svm',
      problem: {
        kind: 'classification',
        data: 'credit-card',
        target: 'card',
        features: ['age', 'income'],
        sampleSize: 60,
      },
    },
  },
];

describe.skipIf(!hasBrowser)('the result of a job', () => {
  let window: TestWindow;

  beforeAll(async () => {
    window = await openTestWindow();
    const rail = window.page.getByRole('navigation', { name: 'Workspaces' });
    await rail.getByRole('button', { name: 'Training' }).click();
  }, 60_000);

  afterAll(async () => {
    await window.close();
  });

  async function saved(name: string, format: string): Promise<string> {
    const saving = window.page.waitForEvent('download');
    const save = window.page.getByRole('button', { name: `Save ${name} as ${format}` }).first();
    // By the keyboard, as everything can be.
    await save.focus();
    await window.page.keyboard.press('Enter');
    return readFileSync(await (await saving).path(), 'utf8');
  }

  test.each(jobs)(
    'with “$headline” is read, saved, and plain to all',
    { timeout: 60_000 },
    async ({ headline, spec }) => {
      const { page } = window;
      const path = join(window.home, 'spec.json');
      writeFileSync(path, JSON.stringify({ ...spec, name: headline, seed: 1 }));
      await window.command('run', path, '--json');
      await page.locator('.job-rows').getByRole('option', { name: headline }).click();
      const result = page.getByRole('region', { name: 'Result' });
      const shown = await result.getByTestId('headline').textContent();
      expect(shown).toContain(headline);
      expect(shown).toMatch(/\d/);
      const figure = result.getByRole('img').first();
      await figure.waitFor();
      const title = ((await figure.getAttribute('aria-label')) ?? '').split('. ')[0] ?? '';
      expect(await saved(title, 'SVG')).toContain(`<title>${title}</title>`);
      expect((await saved(title, 'CSV')).split('\r\n').length).toBeGreaterThan(2);
      expect(JSON.parse(await saved(title, 'JSON'))).toMatchObject({ title });
      await prepareAxe(page);
      for (const theme of ['light', 'dark']) {
        await page.evaluate(
          (name) => document.documentElement.setAttribute('data-theme', name),
          theme,
        );
        // Colours fade into each other for a moment.
        await page.waitForFunction(() => document.getAnimations().length === 0);
        expect(await allFaults(page)).toEqual([]);
      }
      expect(window.problems).toEqual([]);
    },
  );
});

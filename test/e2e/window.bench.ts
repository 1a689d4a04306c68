import type { Page } from 'playwright-core';
import { ensureTestBrowser } from '../support/browser.js';
import { openTestWindow } from '../support/window.ts';

/** A measured figure, as test/bench.js prints it. */
interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: string;
  readonly ok?: boolean;
}

const startGoalMs = 2000;
const editGoalMs = 50;
const edits = 30;

/** Ten qubits with an entangled, uneven state, so that each edit changes every bar. */
const circuit = [
  'OPENQASM 2.0;',
  'include "qelib1.inc";',
  'qreg q[10];',
  'creg c[10];',
  ...Array.from({ length: 10 }, (_, q) => `ry(${0.3 + 0.17 * q}) q[${q}];`),
  ...Array.from({ length: 9 }, (_, q) => `cx q[${q}],q[${q + 1}];`),
  ...Array.from({ length: 10 }, (_, q) => `rx(${0.9 - 0.07 * q}) q[${q}];`),
  '',
].join('\n');

/** Cold start of host, browser and window; and how long an edit takes to the histogram. */
export async function run(): Promise<readonly BenchRow[]> {
  const browser = ensureTestBrowser();
  if (browser === null) return [];
  process.env['KETBENCH_CHROMIUM'] = browser;
  const started = performance.now();
  const window = await openTestWindow();
  try {
    await window.page.getByRole('button', { name: 'New circuit' }).first().waitFor();
    const startMs = performance.now() - started;
    await drop(window.page, circuit);
    const times = (await timeEdits(window.page)).toSorted((a, b) => a - b);
    const median = times[Math.floor(times.length / 2)] ?? Number.NaN;
    const slow = times[Math.floor(times.length * 0.95)] ?? Number.NaN;
    return [
      row('cold start to interactive window', startMs, startGoalMs),
      row('edit to histogram, 10 qubits, median', median, editGoalMs),
      { name: 'edit to histogram, 10 qubits, 95th percentile', value: slow, unit: 'ms' },
    ];
  } finally {
    await window.close();
  }
}

function row(name: string, value: number, goal: number): BenchRow {
  return { name, value, unit: 'ms', goal: `≤ ${goal} ms`, ok: value <= goal };
}

/** Opens a circuit as if its file was dropped on the window. */
async function drop(page: Page, text: string): Promise<void> {
  await page.evaluate((content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], 'ten.qasm', { type: 'text/plain' }));
    const event = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
    globalThis.dispatchEvent(event);
  }, text);
  await page.getByTestId('histogram').waitFor();
  await page.getByTestId('text-editor').locator('.view-lines').waitFor();
}

/** From the key press that places a gate to the frame in which the bars have changed. */
async function timeEdits(page: Page): Promise<readonly number[]> {
  await page.getByRole('grid').focus();
  await page.keyboard.press('End');
  await page.evaluate(() => {
    const scope = globalThis as unknown as { pressed: number; changed: number[] };
    scope.changed = [];
    globalThis.addEventListener('keydown', () => (scope.pressed = performance.now()), true);
    const bars = document.querySelector('[data-testid="histogram"]');
    let waiting = false;
    new MutationObserver(() => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        scope.changed.push(performance.now() - scope.pressed);
        waiting = false;
      });
    }).observe(bars ?? document.body, { subtree: true, childList: true, attributes: true });
  });
  const measured = () =>
    page.evaluate(() => (globalThis as unknown as { changed: number[] }).changed);
  for (let count = 1; count <= edits; count++) {
    await page.keyboard.press('x');
    await page.waitForFunction(
      (wanted) => (globalThis as unknown as { changed: number[] }).changed.length >= wanted,
      count,
    );
  }
  return measured();
}

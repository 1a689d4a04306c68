import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Makes a page ready to be looked at. */
export async function prepareAxe(page: Page): Promise<void> {
  await page.evaluate(source);
}

/** Serious faults of what a page shows now, as "rule: element". */
export async function seriousFaults(page: Page): Promise<string[]> {
  const results = await page.evaluate<AxeResults>('axe.run()');
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}

/** Faults of any weight that a page shows now, as "rule: element". */
export async function allFaults(page: Page): Promise<string[]> {
  const results = await page.evaluate<AxeResults>('axe.run()');
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`),
  );
}

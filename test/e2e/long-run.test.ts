import { expect, test } from 'vitest';
import { describeDesigner } from '../support/designer-window.ts';

/** 1,840 gates on 24 qubits: a minute or so on two cores. */
function heavy(angle: number): string {
  return `OPENQASM 3.0;
include "stdgates.inc";
qubit[24] q;
for int k in [1:40] {
for int i in [0:22] {
ry(${angle} * k) q[i];
cx q[i], q[i + 1];
}
}
`;
}

const light = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[1] q;\nx q[0];\n';

describeDesigner('a simulation that takes long', (open) => {
  const strip = () =>
    open.page.locator('section.inspector[aria-label="Probabilities"]').locator('.inspector-run');

  test('says which method runs and how far it is, and an edit does not wait for it', async () => {
    const { page, designer, window } = open;
    await designer.write(heavy(1));
    await expect.poll(() => strip().textContent()).toMatch(/24 qubits by statevector, \d+ %/);
    expect(await strip().getByRole('progressbar').count()).toBe(1);
    const asked = performance.now();
    await designer.write(light);
    await page.getByTestId('histogram').getByText('100.0 %').first().waitFor();
    expect(performance.now() - asked).toBeLessThan(8000);
    await expect.poll(() => strip().count()).toBe(0);
    expect(window.problems).toEqual([]);
  });

  test('is cancelled on request, and tried again', async () => {
    const { page, designer, window } = open;
    await designer.write(heavy(2));
    await strip().getByRole('button', { name: 'Cancel' }).click();
    const panel = page.locator('section.inspector[aria-label="Probabilities"]');
    await panel.getByText('Cancelled', { exact: true }).waitFor();
    await expect.poll(() => strip().count()).toBe(0);
    await panel.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => strip().textContent()).toMatch(/by statevector/);
    await designer.write(light);
    await page.getByTestId('histogram').getByText('100.0 %').first().waitFor();
    expect(window.problems).toEqual([]);
  });
});

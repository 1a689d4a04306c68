import { expect, test } from 'vitest';
import { describeDesigner } from '../support/designer-window.ts';

const head = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n';
const twelve = `${head}qubit[12] q;\nh q;\n`;
const measured = `${head}qubit[3] q;\nbit[2] c;\nbit[1] f;\nh q[0];\ncx q[0], q[1];\nc[0] = measure q[0];\nf[0] = measure q[1];\n`;

describeDesigner('figures of the window', (open) => {
  const panel = (name: string) => open.page.locator(`section.inspector[aria-label="${name}"]`);

  test('are those of the open circuit alone', async () => {
    const { page, designer } = open;
    await designer.write(twelve);
    await expect.poll(async () => (await designer.bars()).length).toBe(64);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Open a file' }).click();
    const buffer = Buffer.from('this is\nno circuit at all;\n');
    await (await chooser).setFiles({ name: 'notes.qasm', mimeType: 'text/plain', buffer });
    await expect.poll(() => panel('Probabilities').textContent()).toMatch(/\d+ errors?/);
    expect(await designer.bars()).toEqual([]);
    expect(await panel('Bloch vectors').textContent()).not.toContain('|r|');
    await page.getByRole('tab', { name: 'Circuit 1' }).click();
    await expect.poll(async () => (await designer.bars()).length).toBe(64);
    await page.getByRole('tab', { name: 'notes' }).click();
    await expect.poll(() => panel('Probabilities').textContent()).toMatch(/\d+ errors?/);
    await panel('Probabilities').getByRole('button', { name: 'Show the problems' }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+w');
  });

  test('grow pale and say so while the text of their circuit has an error', async () => {
    const { designer } = open;
    await designer.write(measured);
    await expect.poll(async () => (await designer.bars()).length).toBeGreaterThan(0);
    await designer.write(measured.replace('h q[0];', 'h q[0]; nonsense q[0];'));
    const body = panel('Probabilities').locator('.inspector-body');
    await expect.poll(() => body.getAttribute('data-stale')).toBe('true');
    expect(await panel('Probabilities').textContent()).toContain('the last good circuit');
    await designer.write(measured);
    await expect.poll(() => body.getAttribute('data-stale')).toBeNull();
  });

  test('stand on 0–100 %, or on a scale that is written above them', async () => {
    const { page, designer } = open;
    await designer.write(twelve.replace('12', '3'));
    await expect.poll(async () => (await designer.bars()).length).toBe(8);
    const track = await page.locator('.bars-track').first().boundingBox();
    const share = async (): Promise<number> =>
      Math.round((1000 * ((await designer.bars())[0]?.[1] ?? 0)) / (track?.width ?? 1)) / 1000;
    expect(await share()).toBeCloseTo(0.125, 1);
    await page.getByRole('img', { name: 'Scale 0–100 %' }).waitFor();
    await page.getByRole('button', { name: 'Stretch the scale to the largest' }).click();
    await page.getByRole('img', { name: 'Scale 0–12.5 %' }).waitFor();
    expect(await share()).toBeCloseTo(1, 1);
    await page.getByRole('button', { name: '0–100 % as the scale' }).click();
    await designer.write(twelve);
    await expect.poll(async () => (await designer.bars()).length).toBe(64);
    expect(await page.locator('.bars .bars-value').first().textContent()).toBe('0.0244 %');
  });

  test('of shots have counts, errors and a number that is chosen, at any size', async () => {
    const { page, designer } = open;
    await designer.write(measured);
    await page.getByRole('radio', { name: 'Measured bits' }).click();
    await page.getByRole('radio', { name: 'Shots' }).click();
    await page.getByRole('spinbutton', { name: 'Shots' }).fill('5000');
    const row = page.getByTestId('histogram').getByRole('listitem').first();
    const total = async (): Promise<number> => {
      const counts = await page.locator('.bars .bars-count').allTextContents();
      return counts.reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0);
    };
    await expect.poll(total).toBe(5000);
    expect(await row.getAttribute('aria-label')).toMatch(/^0 00: 50.*sampled .* ± .*shots$/);
    expect(await page.locator('.bars-axis .bars-key').textContent()).toBe('f c');
    for (const width of [1024, 1280, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      for (const cell of ['.bars-value', '.bars-count']) {
        const [clipped, wide] = await row
          .locator(cell)
          .evaluate((one) => [one.scrollWidth > one.clientWidth + 1, one.clientWidth > 20]);
        expect([cell, width, clipped, wide]).toEqual([cell, width, false, true]);
      }
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole('radio', { name: 'Exact', exact: true }).click();
  });

  test('that there are none of say the true reason, without words of the engine', async () => {
    const { page, designer } = open;
    await page.getByRole('radio', { name: 'Qubits' }).click();
    const many = Array.from({ length: 199 }, (_, i) => `cx q[${i}], q[${i + 1}];`).join('\n');
    const wide = `${head}qubit[200] q;\nh q[0];\n${many}\n`;
    const shown = () => panel('Probabilities').textContent();
    await designer.write(wide.replace('h q[0];', 'h q;'));
    await expect.poll(shown).toMatch(/too many outcomes|more outcomes|more than/);
    expect(await shown()).not.toContain('No classical bits');
    await designer.write(
      `${head}qubit[2] q;\nbit c;\nh q[0];\nc = measure q[0];\nif (c) x q[1];\nreset q[0];\n`,
    );
    await expect.poll(shown).toContain('no single state');
    await expect.poll(() => panel('Bloch vectors').textContent()).toContain('average');
    for (const name of ['Probabilities', 'Bloch vectors']) {
      expect(await panel(name).textContent()).not.toMatch(/null|--|qubitProbabilities/);
    }
    expect(open.window.problems).toEqual([]);
  });
});

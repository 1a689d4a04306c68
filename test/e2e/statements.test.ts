import { expect, test } from 'vitest';
import { describeDesigner } from '../support/designer-window.ts';

const head = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n';
const plain = `${head}qubit[3] q;\nbit[3] c;\nbit f;\nh q[0];\nx q[1];\nc[0] = measure q[0];\n`;

describeDesigner('statements by key and mouse', (open) => {
  const text = (): Promise<string> => open.designer.text();
  const grid = () => open.page.getByRole('grid');
  const dialog = () => open.page.getByRole('dialog');

  test('a condition is put on a gate, changed, and taken away', async () => {
    const { page, designer } = open;
    await designer.write(plain);
    await expect.poll(text).toContain('x q[1];');
    await grid().focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('k');
    await dialog().getByLabel('What is read').selectOption({ label: 'c[2]' });
    await dialog().getByLabel('It must').selectOption('differ');
    await dialog().getByRole('button', { name: 'Make the block' }).click();
    await expect.poll(text).toMatch(/if \(c\[2\] != 1\) \{\s+x q\[1\];\s+\}/);
    await expect.poll(() => page.evaluate(() => document.activeElement?.role)).toBe('grid');
    await page
      .getByRole('gridcell', { name: /If c\[2\] is 0|Block if \(c\[2\]/ })
      .first()
      .waitFor({ state: 'attached' });
    await page.keyboard.press('k');
    await dialog().getByLabel('Formula').fill('c == 3 && f');
    await page.keyboard.press('Enter');
    await expect.poll(text).toContain('if (c == 3 && f) {');
    await page.keyboard.press('k');
    await dialog().getByRole('button', { name: 'Take the condition away' }).click();
    await expect.poll(text).not.toContain('if (');
    await expect.poll(text).toContain('x q[1];');
  });

  test('a loop, a while and a box go around what is selected', async () => {
    const { page, designer } = open;
    await designer.write(plain);
    for (const [kind, expected] of [
      ['For', /for int i in \[0:2\] \{\s+h q\[0\];\s+x q\[1\];\s+\}/],
      ['While', /while \(c\[0\] == 1\) \{\s+h q\[0\];\s+x q\[1\];\s+\}/],
      ['Box', /box \{\s+h q\[0\];\s+x q\[1\];\s+\}/],
    ] as const) {
      await grid().focus();
      await page.keyboard.press('Control+Home');
      await page.keyboard.press('Alt+Shift+ArrowRight');
      await page.keyboard.press('e');
      await dialog().getByRole('radio', { name: kind }).click();
      if (kind === 'For') await dialog().getByLabel('Rounds').fill('3');
      await dialog().getByRole('button', { name: 'Make the block' }).click();
      await expect.poll(text).toMatch(expected);
      await page.keyboard.press('Control+z');
      await expect.poll(text).not.toMatch(expected);
    }
  });

  test('a measurement is read into the bit that is chosen', async () => {
    const { page, designer } = open;
    await designer.write(plain);
    await expect.poll(text).toContain('c[0] = measure q[0];');
    const { x, y } = await designer.pointOf(0, 1);
    await page.mouse.dblclick(x, y);
    await dialog().getByLabel('Bit').fill('9');
    expect(await dialog().getByRole('button', { name: 'Measure into it' }).isDisabled()).toBe(true);
    await dialog().getByLabel('Bit').fill('2');
    await page.keyboard.press('Enter');
    await expect.poll(text).toContain('c[2] = measure q[0];');
    await page.keyboard.press('Enter');
    await dialog().getByLabel('Register').selectOption({ label: 'f' });
    await dialog().getByRole('button', { name: 'Measure into it' }).click();
    await expect.poll(text).toMatch(/f(\[0\])? = measure q\[0\];/);
  });

  test('a delay, an ECR, an iSWAP and a display come from the palette', async () => {
    const { page, designer } = open;
    await designer.write(plain);
    await grid().focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.press('q');
    await expect.poll(text).toContain('delay[100ns] q[2];');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await dialog().getByLabel('Duration').fill('2us');
    await page.keyboard.press('Enter');
    await expect.poll(text).toContain('delay[2us] q[2];');
    const search = page.getByRole('searchbox', { name: 'Search gates' });
    for (const [words, item] of [
      ['sqrt', 'sx'],
      ['iswap', 'iswap'],
      ['ECR', 'ecr'],
      ['yy', 'ryy'],
      ['delay', 'delay'],
      ['bloch', 'display-bloch'],
    ] as const) {
      await search.fill(words);
      await page.locator(`[data-item="${item}"]`).waitFor();
    }
    await search.fill('');
    await designer.place('iswap', 0, 4);
    await expect.poll(text).toMatch(/iswap q\[0\], ?q\[1\];/);
    await designer.place('ecr', 1, 6);
    await expect.poll(text).toMatch(/ecr q\[1\], ?q\[2\];/);
    await designer.place('display-bloch', 0, 0);
    await page
      .getByRole('gridcell', { name: /Bloch vector: x 1, y 0, z 0/ })
      .first()
      .waitFor({ state: 'attached' });
  });

  test('an angle is typed as it is drawn, and a refusal keeps what was typed', async () => {
    const { page, designer } = open;
    await designer.write(`${head}qubit[2] q;\nrx(0.1) q[0];\n`);
    await grid().focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Enter');
    const field = page.locator('.parameter-editor input');
    await field.fill('pi//2');
    expect(await page.locator('.parameter-editor').textContent()).toContain('one “/”');
    await field.fill('q');
    await page.keyboard.press('Enter');
    await page.locator('.parameter-editor').getByRole('alert').waitFor();
    expect(await field.inputValue()).toBe('q');
    await field.fill('2π·θ/3');
    await page.keyboard.press('Enter');
    await expect.poll(text).toContain('rx(2*pi*θ/3) q[0];');
    await page.getByRole('slider', { name: 'θ' }).waitFor();
    await page.getByRole('textbox', { name: 'Value of θ' }).fill('pi/4');
    await page.keyboard.press('Enter');
    await page.getByText('Export', { exact: true }).click();
    for (const format of ['ionq', 'quirk', 'qasm2']) {
      await page.getByRole('combobox', { name: 'Format' }).selectOption(format);
      await expect
        .poll(() => page.locator('.exports').textContent())
        .toContain('sliders’ values: θ = pi/4');
    }
    await page.getByRole('combobox', { name: 'Format' }).selectOption('svg');
    await page.getByText('OpenQASM', { exact: true }).click();
  });

  test('the text marks what is in hand and nothing else, and stays at the beginning of its lines', async () => {
    const { page, designer } = open;
    const long = `cx q[0], q[1]; // ${'a long remark '.repeat(20)}`;
    await designer.write(`${head}qubit[2] q;\nh q[0];\n${long}\nrx(0.1) q[0];\n`);
    await grid().focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('x');
    await expect.poll(text).toContain('x q[0];');
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Alt+Shift+ArrowRight');
    await page.keyboard.press('F11');
    await page.keyboard.press('F11');
    const view = page.getByTestId('text-editor');
    await expect.poll(() => view.locator('.selected-text').count()).toBe(0);
    const left = await view
      .locator('.lines-content')
      .first()
      .evaluate((lines: HTMLElement) => lines.style.left);
    expect(['', '0px']).toContain(left);
    await page.keyboard.press('Alt+F5');
  });

  test('a text of the older language is converted, and a search finds examples', async () => {
    const { page, designer } = open;
    await page.keyboard.press('Alt+g');
    await page.getByRole('searchbox', { name: /Search circuits/ }).fill('vqe');
    await page.getByRole('button', { name: /VQE ansatz/ }).waitFor();
    expect(await page.getByRole('button', { name: /Bell pair/ }).count()).toBe(0);
    await page.getByRole('searchbox', { name: /Search circuits/ }).fill('bell');
    await page.getByRole('button', { name: /Bell pair/ }).click();
    await expect.poll(text).toContain('OPENQASM 2.0;');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Convert to OpenQASM 3');
    await page.keyboard.press('Enter');
    await expect.poll(text).toContain('OPENQASM 3.0;');
    expect(await designer.text()).toMatch(/qubit\[2\] q;/);
    await page.getByRole('grid').focus();
    await page.keyboard.press('Shift+A');
    await page.getByRole('slider', { name: 'theta' }).waitFor();
    expect(open.window.problems).toEqual([]);
  });

  test('a comparison opens at the change', async () => {
    const { page, designer } = open;
    const lines = Array.from({ length: 60 }, (_, i) => `rz(0.${i + 1}) q[0];`).join('\n');
    await designer.write(`${head}qubit[1] q;\n${lines}\n`);
    await expect.poll(text).toContain('rz(');
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+Shift+s');
    await designer.write(`${head}qubit[1] q;\n${lines}\nh q[0];\n`);
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+Shift+e');
    const shown = page.getByTestId('difference');
    await expect
      .poll(() => shown.locator('.view-line').allTextContents())
      .toContainEqual(expect.stringMatching(/h\sq\[0\];/));
    await page.getByRole('button', { name: 'Next change (F7)' }).click();
    await page.getByRole('button', { name: 'Previous change (Shift+F7)' }).click();
  });
});

import { expect, test } from 'vitest';
import { DesignerPage } from '../support/designer-page.ts';
import { hasBrowser, openTestWindow } from '../support/window.ts';

test.skipIf(!hasBrowser)('says when the connection is lost, and goes on drawing', async () => {
  const window = await openTestWindow();
  try {
    const { page } = window;
    const designer = new DesignerPage(page);
    await designer.create();
    await expect.poll(() => page.locator('[data-state="saving"]').count()).toBe(0);
    await window.stopHost();
    await page.getByText('Reconnecting…').waitFor();
    await designer.place('h', 0, 0);
    await expect.poll(() => designer.text()).toContain('h q[0];');
    await page.getByText(/1 circuit with unsaved edits: this browser keeps a copy/).waitFor();
    await page.getByText('Not reachable').first().waitFor();
  } finally {
    await window.close();
  }
});

test.skipIf(!hasBrowser)(
  'a restarted host is found again, and what was drawn meanwhile is saved',
  async () => {
    const window = await openTestWindow();
    try {
      const { page } = window;
      const designer = new DesignerPage(page);
      await designer.create();
      await designer.place('h', 0, 0);
      await expect.poll(() => page.locator('[data-state="saving"]').count()).toBe(0);
      await window.killHost();
      await page.getByText('Reconnecting…').waitFor();
      await designer.place('x', 1, 0);
      await window.restartHost();
      await expect.poll(() => page.getByText('Reconnecting…').count()).toBe(0);
      await expect.poll(() => page.locator('[data-state="saving"]').count()).toBe(0);
      // In the library now, so that another window shows it.
      await expect
        .poll(async () => {
          const other = await window.reopen();
          const seen = new DesignerPage(other);
          await seen.editor.waitFor();
          const text = await seen.text();
          await other.close();
          return text;
        })
        .toContain('x q[1];');
    } finally {
      await window.close();
    }
  },
);

test.skipIf(!hasBrowser)(
  'edits that were left unsaved are warned of, and are back in the next window',
  async () => {
    const window = await openTestWindow();
    try {
      const { page } = window;
      const designer = new DesignerPage(page);
      await designer.create();
      await designer.place('h', 0, 0);
      await expect.poll(() => page.locator('[data-state="saving"]').count()).toBe(0);
      await window.killHost();
      await page.getByText('Reconnecting…').waitFor();
      await designer.place('x', 1, 0);
      await expect.poll(() => designer.text()).toContain('x q[1];');
      const warned = page.waitForEvent('dialog');
      const closing = page.close({ runBeforeUnload: true });
      const dialog = await warned;
      expect(dialog.type()).toBe('beforeunload');
      await dialog.accept();
      await closing;
      await window.restartHost();
      const next = await window.reopen();
      const again = new DesignerPage(next);
      await again.editor.waitFor();
      await expect.poll(() => again.text()).toContain('x q[1];');
      await next.getByText(/had unsaved edits. They are back/).waitFor();
      await next.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => again.text()).not.toContain('x q[1];');
      expect(await again.text()).toContain('h q[0];');
    } finally {
      await window.close();
    }
  },
);

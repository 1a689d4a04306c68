import { expect, test } from 'vitest';
import { DesignerPage } from '../support/designer-page.ts';
import { hasBrowser, openTestWindow } from '../support/window.ts';

test.skipIf(!hasBrowser)('says when the connection is lost, and goes on drawing', async () => {
  const window = await openTestWindow();
  try {
    const designer = new DesignerPage(window.page);
    await designer.create();
    await window.stopHost();
    await window.page.getByText('Reconnecting…').waitFor();
    await designer.place('h', 0, 0);
    await expect.poll(() => designer.text()).toContain('h q[0];');
    await window.page.getByText('Not reachable').first().waitFor();
  } finally {
    await window.close();
  }
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { DesignerPage } from './designer-page.ts';
import { hasBrowser, openTestWindow, type TestWindow, type TestWindowOptions } from './window.ts';

/** A new circuit in a window, for the tests of one `describe`. */
export interface DesignerWindow {
  readonly window: TestWindow;
  readonly page: Page;
  readonly designer: DesignerPage;
}

/** Tests that share one window with a new circuit; left out where there is no browser. */
export function describeDesigner(
  title: string,
  tests: (open: DesignerWindow) => void,
  options: TestWindowOptions = {},
): void {
  describe.skipIf(!hasBrowser)(title, () => {
    let window: TestWindow | null = null;
    let designer: DesignerPage | null = null;
    beforeAll(async () => {
      window = await openTestWindow(options);
      designer = new DesignerPage(window.page);
      await designer.create();
    });
    afterAll(async () => {
      await window?.close();
    });
    tests({
      get window() {
        return opened(window);
      },
      get page() {
        return opened(window).page;
      },
      get designer() {
        return opened(designer);
      },
    });
  });
}

function opened<T>(value: T | null): T {
  if (value === null) throw new Error('The window is open inside tests only.');
  return value;
}

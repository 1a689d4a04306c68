import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCall } from '#main/ipc/call.ts';
import { createHandlers } from '#main/ipc/handlers/index.ts';
import { openTestApp, temporaryFolder } from '#test/support/temporary-app.ts';

test('a window that did not come up comes up without its documents, which stay in the library', async () => {
  const folder = temporaryFolder();
  const mark = join(folder.path, 'opening');
  for (const isShown of [true, false]) {
    const app = await openTestApp(folder.path);
    const call = createCall(createHandlers(app));
    await call('documents.open', { fileName: 'a.qasm', text: 'OPENQASM 3;' });
    await call('settings.get', {});
    expect(existsSync(mark)).toBe(true);
    if (isShown) await call('app.ready', {});
    expect(existsSync(mark)).toBe(!isShown);
    await app.close();
    const short = await openTestApp(folder.path, { runAll: false });
    expect(short.library.settings.value.openDocuments).toHaveLength(1);
    await short.close();
    const next = await openTestApp(folder.path);
    expect(next.library.settings.value.openDocuments).toHaveLength(isShown ? 1 : 0);
    expect(next.library.documents.list()).toHaveLength(1);
    expect(existsSync(mark)).toBe(false);
    const notices: string[] = [];
    next.hub.onNew(() => notices.push(JSON.stringify(next.hub.at(next.hub.lastNumber)?.payload)));
    next.hub.release();
    expect(notices.join()).toMatch(isShown ? /^$/ : /without its last document/);
    await next.close();
  }
  folder.remove();
});

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Client } from '#shared/ipc/contract.ts';
import { provideClient } from '#renderer/lib/client.ts';
import { editText } from '#renderer/lib/workspace/open-document.ts';
import { toggleBreakpoint } from '#renderer/lib/workspace/places.ts';
import { save, startAutosave } from '#renderer/lib/workspace/saving.ts';
import {
  activeDocument,
  openNew,
  updateDocumentIn,
  useWorkspace,
} from '#renderer/lib/workspace/workspace-store.ts';

interface Write {
  readonly text: string;
  readonly revision?: number;
}

const writes: Write[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', new EventTarget());
  writes.length = 0;
  useWorkspace.setState({ documents: [], activeKey: null });
  const request = async (_name: string, draft: Write): Promise<unknown> => {
    writes.push(draft);
    await new Promise((resolve) => setTimeout(resolve, 5));
    return { id: 'd', revision: writes.length };
  };
  // Only requests are made here.
  provideClient({ request } as unknown as Client);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Types at the end; a moment far from the last one begins a new change. */
function type(text: string, at: number): void {
  updateDocumentIn(activeDocument()?.key ?? '', (document) => {
    const end = document.parsed.text.length;
    return editText(document, [{ start: end, end, text }], at);
  });
}

describe('autosave', () => {
  test('writes a breakpoint and a name that were given during a write right after it', async () => {
    startAutosave();
    openNew();
    type('h q[0];\n', 10_000);
    await vi.advanceTimersByTimeAsync(1);
    updateDocumentIn(activeDocument()?.key ?? '', (document) => ({
      ...toggleBreakpoint(document, document.parsed.text.indexOf('h q')),
      name: 'Renamed',
      savedText: null,
    }));
    await vi.advanceTimersByTimeAsync(12);
    expect(writes).toHaveLength(2);
    expect(writes[1]).toMatchObject({
      name: 'Renamed',
      sidecar: { places: { breakpoints: [expect.any(Number)] } },
    });
  });

  test('writes a change at once, and all that came during the write right after it', async () => {
    startAutosave();
    openNew();
    type('h q[0];\n', 10_000);
    await vi.advanceTimersByTimeAsync(1);
    expect(writes).toHaveLength(1);
    type('x q[0];\n', 20_000);
    type('y q[0];\n', 30_000);
    await vi.advanceTimersByTimeAsync(12);
    expect(writes.map(({ revision }) => revision)).toEqual([undefined, 1]);
    expect(writes[1]?.text).toBe(activeDocument()?.parsed.text);
  });

  test('waits for a pause where typing only goes on', async () => {
    startAutosave();
    openNew();
    type('h', 10_000);
    await vi.advanceTimersByTimeAsync(20);
    const before = writes.length;
    for (const at of [10_100, 10_200, 10_300]) {
      type(' ', at);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(writes).toHaveLength(before);
    await vi.advanceTimersByTimeAsync(1000);
    expect(writes).toHaveLength(before + 1);
  });

  test('joins a save that is under way instead of writing over it', async () => {
    openNew();
    const key = activeDocument()?.key ?? '';
    const both = Promise.all([save(key), save(key)]);
    await vi.advanceTimersByTimeAsync(10);
    expect(await both).toEqual(['done', 'done']);
    expect(writes).toHaveLength(1);
  });
});

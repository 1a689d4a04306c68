import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import { defineThemes } from './monaco-themes.ts';

/** Gives Monaco its worker and the window's colours; once is enough. */
export function startMonaco(): void {
  globalThis.MonacoEnvironment = { getWorker: () => new EditorWorker() };
  defineThemes();
}

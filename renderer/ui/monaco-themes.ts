import * as monaco from 'monaco-editor/editor';
import type { ThemeName } from '#renderer/lib/theme.ts';

let defined = false;

/** Monaco's name for the theme of the window; the system's high contrast goes before it. */
export function themeOf(theme: ThemeName): string {
  if (!window.matchMedia('(forced-colors: active)').matches) return `ketbench-${theme}`;
  return theme === 'dark' ? 'hc-black' : 'hc-light';
}

/** The editor in the window's colours. Fixed values, because Monaco reads no CSS variables. */
export function defineThemes(): void {
  if (defined) return;
  defined = true;
  monaco.editor.defineTheme('ketbench-light', {
    base: 'vs',
    inherit: true,
    rules: [
      { token: 'keyword', foreground: '8a2f8f' },
      { token: 'function', foreground: '2339ad' },
      { token: 'constant', foreground: '07564f' },
      { token: 'number', foreground: '07564f' },
      { token: 'string', foreground: '8c1d14' },
      { token: 'comment', foreground: '626b7a' },
      { token: 'delimiter', foreground: '4a5260' },
    ],
    colors: {
      'editor.background': '#ffffff',
      'editor.foreground': '#171b22',
      'editorLineNumber.foreground': '#6b7482',
      'editorLineNumber.activeForeground': '#171b22',
      'diffEditor.insertedLineBackground': '#e6f5ea',
      'diffEditor.insertedTextBackground': '#d2eeda',
      'diffEditor.removedLineBackground': '#fdeae8',
      'diffEditor.removedTextBackground': '#fbdad7',
      'editor.lineHighlightBackground': '#f4f5f7',
      'editor.lineHighlightBorder': '#00000000',
    },
  });
  monaco.editor.defineTheme('ketbench-dark', {
    base: 'vs-dark',
    inherit: true,
    rules: [
      { token: 'keyword', foreground: 'dd9be2' },
      { token: 'function', foreground: 'b6c3ff' },
      { token: 'constant', foreground: '93e0d8' },
      { token: 'number', foreground: '93e0d8' },
      { token: 'string', foreground: 'ffb9b2' },
      { token: 'comment', foreground: '939dac' },
      { token: 'delimiter', foreground: 'b3bbc8' },
    ],
    colors: {
      'editor.background': '#161a20',
      'editor.foreground': '#e8ebf0',
      'editorLineNumber.foreground': '#87909f',
      'editorLineNumber.activeForeground': '#e8ebf0',
      'diffEditor.insertedLineBackground': '#1a3124',
      'diffEditor.insertedTextBackground': '#1f3d2c',
      'diffEditor.removedLineBackground': '#3a1f20',
      'diffEditor.removedTextBackground': '#472324',
      'editor.lineHighlightBackground': '#1b2028',
      'editor.lineHighlightBorder': '#00000000',
    },
  });
}

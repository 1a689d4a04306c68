import './editor.css';
import * as monaco from 'monaco-editor/editor';
import { useEffect, useRef } from 'react';
import { useTheme } from '#renderer/lib/theme.ts';
import { prepareMonaco } from './code-view.ts';
import { languageId } from './language.ts';
import { themeOf } from './monaco-themes.ts';

interface Side {
  readonly label: string;
  readonly text: string;
}

/** Both texts, read-only, with what differs marked; F7 goes from one difference to the next. */
export function Difference({ before, after }: { before: Side; after: Side }) {
  const frame = useRef<HTMLDivElement>(null);
  const theme = useTheme((state) => state.theme);
  useEffect(() => {
    if (frame.current === null) return undefined;
    prepareMonaco();
    monaco.editor.setTheme(themeOf(theme));
    const models = [before, after].map(({ text }) => monaco.editor.createModel(text, languageId));
    const [original, modified] = models;
    const editor = monaco.editor.createDiffEditor(frame.current, {
      readOnly: true,
      automaticLayout: true,
      fontSize: 13,
      lineHeight: 20,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      renderOverviewRuler: false,
      useInlineViewWhenSpaceIsLimited: false,
    });
    // The options of the pair name neither of its two editors.
    editor.getOriginalEditor().updateOptions({ ariaLabel: before.label });
    editor.getModifiedEditor().updateOptions({ ariaLabel: after.label });
    if (original !== undefined && modified !== undefined) editor.setModel({ original, modified });
    return () => {
      editor.dispose();
      for (const model of models) model.dispose();
    };
  }, [before, after, theme]);
  return <div ref={frame} className="editor-frame" />;
}

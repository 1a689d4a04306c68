import './editor.css';
import { ArrowDown, ArrowUp } from 'lucide-react';
import * as monaco from 'monaco-editor/editor';
import { useEffect, useRef } from 'react';
import { useTheme } from '#renderer/lib/theme.ts';
import { IconButton } from '#renderer/ui/button.tsx';
import { prepareMonaco } from './code-view.ts';
import { languageId } from './language.ts';
import { themeOf } from '#renderer/ui/monaco-themes.ts';

interface Side {
  readonly label: string;
  readonly text: string;
}

/** Both texts, read-only, with what differs marked; F7 goes from one difference to the next. */
export function Difference({ before, after }: { before: Side; after: Side }) {
  const frame = useRef<HTMLDivElement>(null);
  const shown = useRef<monaco.editor.IStandaloneDiffEditor | null>(null);
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
    shown.current = editor;
    // The differences are known a moment later; the first of them is what one wants to see.
    const first = editor.onDidUpdateDiff(() => {
      first.dispose();
      editor.revealFirstDiff();
    });
    return () => {
      first.dispose();
      shown.current = null;
      editor.dispose();
      for (const model of models) model.dispose();
    };
  }, [before, after, theme]);
  return (
    <div className="difference">
      <div className="difference-tools" role="toolbar" aria-label="Changes">
        <IconButton
          label="Previous change (Shift+F7)"
          onClick={() => shown.current?.goToDiff('previous')}
        >
          <ArrowUp size={14} />
        </IconButton>
        <IconButton label="Next change (F7)" onClick={() => shown.current?.goToDiff('next')}>
          <ArrowDown size={14} />
        </IconButton>
      </div>
      <div ref={frame} className="editor-frame" />
    </div>
  );
}

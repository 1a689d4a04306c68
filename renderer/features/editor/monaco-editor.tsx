import './editor.css';
import { useEffect, useRef } from 'react';
import { useRevealed, useTextWishes } from '#renderer/lib/reveal.ts';
import { nextStep, runOf, useRun } from '#renderer/lib/run.ts';
import { useTheme } from '#renderer/lib/theme.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { CodeView } from './code-view.ts';

/** Keeps one Monaco editor in step with the active document. */
export function MonacoEditor({ document }: { document: OpenDocument }) {
  const frame = useRef<HTMLDivElement>(null);
  const view = useRef<CodeView | null>(null);
  const theme = useTheme((state) => state.theme);
  useEffect(() => {
    if (frame.current === null) return undefined;
    const created = new CodeView(frame.current);
    view.current = created;
    return () => {
      created.dispose();
      view.current = null;
    };
  }, []);
  useEffect(() => view.current?.setTheme(theme), [theme]);
  const next = useRun((state) => {
    const run = runOf(document, state);
    return run === null ? null : nextStep(run);
  });
  useEffect(() => view.current?.show(document), [document]);
  useEffect(() => view.current?.showMarks(document, next), [document, next]);
  useEffect(
    () => useRevealed.subscribe(({ place }) => place !== null && view.current?.reveal(place)),
    [],
  );
  useEffect(
    () =>
      useTextWishes.subscribe((wishes, before) => {
        if (wishes.focus !== before.focus) view.current?.focus();
        if (wishes.toggleTab !== before.toggleTab) view.current?.toggleTab();
      }),
    [],
  );
  return <div ref={frame} className="editor-frame" data-testid="text-editor" />;
}

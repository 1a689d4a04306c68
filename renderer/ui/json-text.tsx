import { useEffect, useRef } from 'react';
import type { Place } from '#shared/base/json-places.ts';
import { useTheme } from '#renderer/lib/theme.ts';
import { JsonView, type TextFault } from './json-view.ts';

interface Props {
  readonly label: string;
  readonly text: string;
  readonly onType: (text: string) => void;
  readonly faults: readonly TextFault[];
  /** Where the cursor is to go; null = nowhere. Another object is another wish. */
  readonly reveal: Place | null;
}

/** A JSON text with colours and its faults underlined. */
export function JsonText({ label, text, onType, faults, reveal }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const view = useRef<JsonView | null>(null);
  const typed = useRef(onType);
  const theme = useTheme((state) => state.theme);
  useEffect(() => {
    typed.current = onType;
  }, [onType]);
  useEffect(() => {
    if (frame.current === null) return undefined;
    const created = new JsonView(frame.current, label, (next) => typed.current(next));
    view.current = created;
    return () => {
      created.dispose();
      view.current = null;
    };
  }, [label]);
  useEffect(() => view.current?.setTheme(theme), [theme]);
  useEffect(() => view.current?.show(text), [text]);
  useEffect(() => view.current?.showFaults(faults), [faults, text]);
  useEffect(() => {
    if (reveal !== null) view.current?.reveal(reveal);
  }, [reveal]);
  return <div ref={frame} className="json-text" data-testid="json-text" />;
}

import { ChevronDown, ChevronUp, Search, X } from 'lucide-react';
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { IconButton } from '#renderer/ui/button.tsx';
import { useDesigner } from './designer-store.ts';
import { closeFind, goToFound } from './find-actions.ts';
import { findIn } from './find.ts';

/** Finds gates in the circuit by name, wire, angle or note. */
export function FindBar({ document }: { document: OpenDocument }) {
  const words = useDesigner((state) => state.find);
  return words === null ? null : <Bar document={document} words={words} />;
}

function Bar({ document, words }: { document: OpenDocument; words: string }) {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const found = useMemo(() => findIn(document, words), [document, words]);
  const at = found.indexOf(document.selection[0] ?? -1);
  const count =
    words.trim() === ''
      ? ''
      : found.length === 0
        ? 'None'
        : at < 0
          ? `${found.length}`
          : `${at + 1} of ${found.length}`;
  return (
    <div className="find-bar" role="search" aria-label="Find in the circuit">
      <Search size={14} aria-hidden />
      <input
        ref={input}
        data-find
        value={words}
        placeholder="Gate, wire, angle or note"
        aria-label="Find in the circuit"
        spellCheck={false}
        onChange={({ target }) => useDesigner.setState({ find: target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') goToFound(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape') closeFind();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <span className="number" role="status">
        {count}
      </span>
      <IconButton label="Previous (Shift+F3)" onClick={() => goToFound(-1)}>
        <ChevronUp size={14} />
      </IconButton>
      <IconButton label="Next (F3)" onClick={() => goToFound(1)}>
        <ChevronDown size={14} />
      </IconButton>
      <IconButton label="Close the search" onClick={closeFind}>
        <X size={14} />
      </IconButton>
    </div>
  );
}

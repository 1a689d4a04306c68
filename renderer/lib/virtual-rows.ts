import { type RefObject, useEffect, useState } from 'react';

/** The rows that a scrolled list has to hold. */
export interface RowWindow {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
}

const extra = 6;

/** Which rows of one height are seen, with a few more on both sides. */
export function rowsInView(
  count: number,
  rowHeight: number,
  view: { readonly top: number; readonly height: number },
): RowWindow {
  const first = Math.max(0, Math.floor(view.top / rowHeight) - extra);
  const end = Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + extra);
  return { first: Math.min(first, end), end };
}

/** Follows an element's scrolling and size. */
export function useRowWindow(
  frame: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): RowWindow {
  const [view, setView] = useState({ top: 0, height: 800 });
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const update = (): void => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(update);
    observer.observe(element);
    element.addEventListener('scroll', update, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', update);
    };
  }, [frame]);
  return rowsInView(count, rowHeight, view);
}

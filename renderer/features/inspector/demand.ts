import { type RefObject, useEffect } from 'react';
import { create } from 'zustand';

/** What costs extra, and is asked for only while it is looked at. */
type Extra = 'pairs';

/** How many views on screen want each extra. */
export const useDemand = create<Readonly<Record<Extra, number>>>(() => ({ pairs: 0 }));

/** Asks for an extra while the element is on screen; panels behind another tab are not. */
export function useDemandWhileShown(extra: Extra, element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    let wanted = false;
    const want = (now: boolean): void => {
      if (now === wanted) return;
      wanted = now;
      useDemand.setState((state) => ({ [extra]: state[extra] + (now ? 1 : -1) }));
    };
    const observer = new IntersectionObserver((entries) => {
      want(entries.at(-1)?.isIntersecting ?? false);
    });
    observer.observe(target);
    return () => {
      observer.disconnect();
      want(false);
    };
  }, [extra, element]);
}

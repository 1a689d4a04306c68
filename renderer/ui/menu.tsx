import { useEffect, useLayoutEffect, useRef } from 'react';

export interface MenuItem {
  readonly id: string;
  readonly title: string;
  /** Keys on a cap, e.g. "Ctrl D". */
  readonly keys?: string;
  readonly run: () => void;
}

interface MenuProps {
  readonly label: string;
  /** In the window, CSS pixels. */
  readonly at: { readonly x: number; readonly y: number };
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
}

/** CSS pixels that stay free at the edges of the window. */
const margin = 8;

/** A menu at a point: arrows move, Enter runs, Escape and a click elsewhere close. */
export function Menu({ label, at, items, onClose }: MenuProps) {
  const ref = useRef<HTMLDivElement>(null);
  // Only once it is there is it known how large it is.
  useLayoutEffect(() => {
    const menu = ref.current;
    if (menu === null) return;
    const { width, height } = menu.getBoundingClientRect();
    const within = (wanted: number, length: number, room: number): string =>
      `${Math.max(margin, Math.min(wanted, room - length - margin))}px`;
    menu.style.left = within(at.x, width, window.innerWidth);
    menu.style.top = within(at.y, height, window.innerHeight);
  }, [at, items]);
  useEffect(() => {
    ref.current?.querySelector('button')?.focus();
    const away = (event: PointerEvent): void => {
      if (event.target instanceof Node && ref.current?.contains(event.target) !== true) onClose();
    };
    window.addEventListener('pointerdown', away, true);
    return () => window.removeEventListener('pointerdown', away, true);
  }, [onClose]);
  const step = (delta: number): void => {
    const buttons = Array.from(ref.current?.querySelectorAll('button') ?? []);
    const index = buttons.findIndex((button) => button === document.activeElement);
    buttons[(index + delta + buttons.length) % buttons.length]?.focus();
  };
  return (
    <div
      ref={ref}
      className="menu"
      role="menu"
      aria-label={label}
      style={{ left: at.x, top: at.y }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') step(1);
        else if (event.key === 'ArrowUp') step(-1);
        else if (event.key === 'Escape' || event.key === 'Tab') onClose();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          role="menuitem"
          onClick={() => {
            onClose();
            item.run();
          }}
        >
          {item.title}
          {item.keys === undefined ? null : <kbd className="kbd">{item.keys}</kbd>}
        </button>
      ))}
    </div>
  );
}

import { useEffect, useRef } from 'react';

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

const rowHeight = 28;
const width = 270;

/** A menu at a point: arrows move, Enter runs, Escape and a click elsewhere close. */
export function Menu({ label, at, items, onClose }: MenuProps) {
  const ref = useRef<HTMLDivElement>(null);
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
  const left = Math.min(at.x, window.innerWidth - width - 8);
  const top = Math.min(at.y, window.innerHeight - items.length * rowHeight - 16);
  return (
    <div
      ref={ref}
      className="menu"
      role="menu"
      aria-label={label}
      style={{ left, top, width }}
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

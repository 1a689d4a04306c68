import { announce } from '#renderer/lib/notices.ts';

/** The regions of the window in their order, and what in each takes the keyboard, best first. */
const regions: readonly (readonly [region: string, ...first: string[]])[] = [
  ['.activity-bar', '[aria-current]'],
  ['.document-bar', '[role=tab][tabindex="0"]'],
  ['.palette', 'input'],
  ['.designer-frame', '[role=grid]'],
  ['.editor-frame', '.native-edit-context', 'textarea'],
  ['.exports', 'select', 'button'],
  ['.inspector', '[role=radio][tabindex="0"]', 'button', 'input', 'a'],
  ['.shell-workspace > :not(.circuits)', 'button', 'input', 'select', 'a'],
  ['.status-bar', 'button'],
];

interface Region {
  readonly element: Element;
  readonly first: HTMLElement;
}

/** Those that are seen and have something for the keyboard. */
function regionsNow(): readonly Region[] {
  return regions.flatMap(([region, ...first]) =>
    Array.from(document.querySelectorAll(region)).flatMap((element) => {
      const target = first
        .flatMap((selector) => Array.from(element.querySelectorAll<HTMLElement>(selector)))
        .find((one) => one.getClientRects().length > 0);
      return target === undefined ? [] : [{ element, first: target }];
    }),
  );
}

/** Takes the keyboard into the workspace that was gone to, so that the next Tab goes on there. */
export function focusWorkspace(): void {
  const circuit = document.querySelector<HTMLElement>('.designer-frame [role=grid]');
  const main = document.querySelector<HTMLElement>('.shell-main');
  (circuit !== null && circuit.getClientRects().length > 0 ? circuit : main)?.focus();
}

/** Takes the keyboard to the next region of the window, or to the one before. */
export function goToRegion(by: 1 | -1): void {
  const all = regionsNow();
  const at = all.findIndex(({ element }) => element.contains(document.activeElement));
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length];
  if (next === undefined) return;
  next.first.focus();
  const name = next.element.closest('[aria-label]')?.getAttribute('aria-label');
  if (name !== null && name !== undefined) announce(name);
}

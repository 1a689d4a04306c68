import { create } from 'zustand';
import { announce, notifyError } from './notices.ts';

/** Something that is out of sight already and goes for good a little later. */
export interface Removal {
  /** Id of what is removed; unique over all kinds. */
  readonly key: string;
  readonly label: string;
  /** When it is carried out, in the page's own milliseconds. */
  readonly dueAt: number;
}

interface RemovalState {
  /** Can still be taken back. */
  readonly pending: readonly Removal[];
  /** Out of sight: those, and the ones whose lists have not been read anew yet. */
  readonly hidden: ReadonlySet<string>;
}

export const useRemovals = create<RemovalState>(() => ({ pending: [], hidden: new Set() }));

export const undoableForMs = 10_000;
/** As long as a list may take to be read anew. */
const settlingMs = 2000;

interface Plan {
  readonly timer: ReturnType<typeof setTimeout>;
  readonly carryOut: () => Promise<unknown>;
}

const plans = new Map<string, Plan>();

/** Takes something out of sight, and carries its removal out once it can no longer be taken back. */
export function removeUndoably(
  { key, label }: Pick<Removal, 'key' | 'label'>,
  carryOut: () => Promise<unknown>,
): void {
  if (plans.has(key)) return;
  const timer = setTimeout(() => void settle(key), undoableForMs);
  plans.set(key, { timer, carryOut });
  useRemovals.setState(({ pending, hidden }) => ({
    pending: [...pending, { key, label, dueAt: performance.now() + undoableForMs }],
    hidden: new Set([...hidden, key]),
  }));
  announce(`${label} removed. It can be taken back for 10 seconds.`);
}

/** Brings it back; false where it is too late, or nothing was to be removed. */
export function undoRemoval(key: string): boolean {
  const removal = useRemovals.getState().pending.find((one) => one.key === key);
  const plan = plans.get(key);
  if (removal === undefined || plan === undefined) return false;
  clearTimeout(plan.timer);
  plans.delete(key);
  withoutPending(key);
  show(key);
  announce(`${removal.label} is back.`);
  return true;
}

/** Carries one out now. */
export async function settle(key: string): Promise<void> {
  const plan = plans.get(key);
  if (plan === undefined) return;
  clearTimeout(plan.timer);
  plans.delete(key);
  withoutPending(key);
  try {
    await plan.carryOut();
    setTimeout(() => show(key), settlingMs);
  } catch (thrown) {
    show(key);
    notifyError(thrown);
  }
}

/** What was removed stays removed when the window is left. */
export function settleOnLeaving(): void {
  window.addEventListener('pagehide', () => {
    for (const key of Array.from(plans.keys())) void settle(key);
  });
}

/** The ones of a list that are not being removed. */
export function withoutHidden<T>(
  list: readonly T[],
  hidden: ReadonlySet<string>,
  keyOf: (one: T) => string,
): readonly T[] {
  return hidden.size === 0 ? list : list.filter((one) => !hidden.has(keyOf(one)));
}

function withoutPending(key: string): void {
  useRemovals.setState(({ pending }) => ({ pending: pending.filter((one) => one.key !== key) }));
}

function show(key: string): void {
  useRemovals.setState(({ hidden }) => ({
    hidden: new Set([...hidden].filter((one) => one !== key)),
  }));
}

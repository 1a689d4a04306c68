import { create } from 'zustand';
import { asAppError } from '#shared/base/errors.ts';

export interface Notice {
  readonly id: number;
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
  /** What can be done about it. */
  readonly action?: { readonly title: string; readonly run: () => void } | undefined;
}

interface NoticeState {
  readonly notices: readonly Notice[];
  /** Read aloud by screen readers and shown in the status bar: what an edit did, or why it did nothing. */
  readonly announcement: string;
}

export const useNotices = create<NoticeState>(() => ({ notices: [], announcement: '' }));

let lastId = 0;
const shownAtOnce = 4;

/** Shows a toast. The same text again only moves it to the end. */
export function notify(level: Notice['level'], text: string, action?: Notice['action']): void {
  lastId += 1;
  const notice: Notice = { id: lastId, level, text, action };
  useNotices.setState((state) => ({
    notices: [...state.notices.filter((other) => other.text !== text), notice].slice(-shownAtOnce),
  }));
}

/** Shows what was thrown as an error toast. */
export function notifyError(thrown: unknown): void {
  notify('error', asAppError(thrown).message);
}

export function dismissNotice(id: number): void {
  useNotices.setState((state) => ({
    notices: state.notices.filter((notice) => notice.id !== id),
  }));
}

/** Tells what just happened, to eyes and screen readers. */
export function announce(text: string): void {
  useNotices.setState({ announcement: text });
}

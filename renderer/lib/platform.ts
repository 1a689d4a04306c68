/** Whether shortcuts use the Command key. */
export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** Whether a key press goes into a text field, the text editor or a choice. */
export function isTypingTarget(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.closest('input,textarea,select,.monaco-editor') !== null
  );
}

import type { Command } from './commands.ts';
import { goTo, useNavigation, type WorkspaceId } from './navigation.ts';

interface Options {
  readonly shortcut?: string;
  /** Goes there first; left out = only while the button is shown. */
  readonly at?: WorkspaceId;
}

/** The button that names this command and can be pressed now. */
function buttonOf(id: string): HTMLButtonElement | null {
  return document.querySelector(`button[data-command="${id}"]:not(:disabled)`);
}

/** A workspace is drawn within a few frames; one that cannot be shown has no button ever. */
const mostFrames = 60;

/** A command that does what the button of the same name does (`<Button command={id}>`). */
export function pressing(
  [id, title, group]: readonly [id: string, title: string, group: string],
  { shortcut, at }: Options = {},
): Command {
  const press = (left: number): void => {
    const button = buttonOf(id);
    if (button !== null) button.click();
    else if (left > 0) requestAnimationFrame(() => press(left - 1));
  };
  return {
    id,
    title,
    group,
    ...(shortcut === undefined ? {} : { shortcut, whileTyping: true }),
    when: () => at !== undefined || buttonOf(id) !== null,
    run: () => {
      if (at !== undefined && useNavigation.getState().workspace !== at) goTo(at);
      press(mostFrames);
    },
  };
}

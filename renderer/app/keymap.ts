import { useEffect } from 'react';
import { flushSync } from 'react-dom';
import { commandFor, matchesShortcut } from '#renderer/lib/commands.ts';
import { isMac, isTypingTarget } from '#renderer/lib/platform.ts';
import { useSettings } from '#renderer/lib/settings.ts';
import { allCommands } from './commands.ts';

/** Runs the command of each shortcut that is pressed anywhere in the window. */
export function useKeymap(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
      const { keys } = useSettings.getState().settings;
      const context = { isMac, isTyping: isTypingTarget(event.target), keys };
      const command = commandFor(allCommands, event, context);
      // Never the browser's own “save this page”, whatever is open.
      if (matchesShortcut('Mod+S', event, isMac)) event.preventDefault();
      if (command === null) return;
      event.preventDefault();
      // Drawn before the next key comes, so that a quick typist's words go where the command leads.
      flushSync(command.run);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

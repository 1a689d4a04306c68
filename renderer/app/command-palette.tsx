import { Command as Palette } from 'cmdk';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { type Command, keysOf, shortcutOf } from '#renderer/lib/commands.ts';
import { showOverlay, useNavigation } from '#renderer/lib/navigation.ts';
import { isMac } from '#renderer/lib/platform.ts';
import { useSettings } from '#renderer/lib/settings.ts';
import { ownGateCommands } from '#renderer/features/designer/commands.ts';
import { allCommands } from './commands.ts';
import { rankCommand } from './rank-command.ts';

/** Ctrl+K: every command that applies now, found by typing. */
export function CommandPalette() {
  const open = useNavigation((state) => state.overlay === 'palette');
  return open ? <OpenPalette /> : null;
}

function commandsNow(): readonly Command[] {
  return [...allCommands, ...ownGateCommands()].filter(
    (command) =>
      !command.title.endsWith('(second key)') &&
      command.id !== 'window.palette' &&
      (command.when === undefined || command.when()),
  );
}

function OpenPalette() {
  const keys = useSettings((state) => state.settings.keys);
  // What applied when the palette was opened: by now the keyboard is in the palette itself.
  const [commands] = useState(commandsNow);
  const [before] = useState(() => document.activeElement);
  // The palette's own way back needs a button that opened it, and it was opened by a key.
  const close = (): void => {
    flushSync(() => showOverlay('none'));
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
  const [typed, setTyped] = useState('');
  const groups = groupsOf(commands, typed);
  return (
    <Palette.Dialog
      open
      onOpenChange={(next) => !next && close()}
      label="Command palette"
      shouldFilter={false}
      className="palette-dialog"
      overlayClassName="palette-scrim"
    >
      <Palette.Input placeholder="Type a command" value={typed} onValueChange={setTyped} />
      <Palette.List label="Commands">
        <Palette.Empty>No command has these words.</Palette.Empty>
        {groups.map(([group, members]) => (
          <Palette.Group key={group} heading={group}>
            {members.map((command) => (
              <Palette.Item
                key={command.id}
                value={command.id}
                onSelect={() => {
                  close();
                  command.run();
                }}
              >
                <span>{command.title}</span>
                <Keys shortcut={shortcutOf(command, keys)} />
              </Palette.Item>
            ))}
          </Palette.Group>
        ))}
      </Palette.List>
    </Palette.Dialog>
  );
}

/** Groups with what fits the typed words, best first; the list's own order puts members in order and groups not. */
function groupsOf(commands: readonly Command[], typed: string): [string, Command[]][] {
  const ranked = commands
    .map((command) => ({ command, rank: rankCommand(`${command.title} ${command.id}`, typed) }))
    .filter(({ rank }) => rank > 0)
    .toSorted((a, b) => b.rank - a.rank);
  const groups = Map.groupBy(ranked, ({ command }) => command.group);
  return [...groups].map(([group, members]) => [group, members.map(({ command }) => command)]);
}

function Keys({ shortcut }: { shortcut: string | undefined }) {
  if (shortcut === undefined) return null;
  return <kbd className="kbd">{keysOf(shortcut, isMac).join(' ')}</kbd>;
}

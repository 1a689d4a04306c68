import { Command as Palette } from 'cmdk';
import { keysOf } from '#renderer/lib/commands.ts';
import { showOverlay, useNavigation } from '#renderer/lib/navigation.ts';
import { isMac } from '#renderer/lib/platform.ts';
import { ownGateCommands } from '#renderer/features/designer/own-gates.ts';
import { allCommands } from './commands.ts';

/** Ctrl+K: every command that applies now, found by typing. */
export function CommandPalette() {
  const open = useNavigation((state) => state.overlay === 'palette');
  if (!open) return null;
  const close = (): void => showOverlay('none');
  const commands = [...allCommands, ...ownGateCommands()].filter(
    (command) =>
      command.id !== 'window.palette-alternative' &&
      command.id !== 'window.palette' &&
      (command.when === undefined || command.when()),
  );
  const groups = [...new Set(commands.map((command) => command.group))];
  return (
    <Palette.Dialog
      open
      onOpenChange={(next) => !next && close()}
      label="Command palette"
      className="palette-dialog"
      overlayClassName="palette-scrim"
    >
      <Palette.Input placeholder="Type a command" />
      <Palette.List label="Commands">
        <Palette.Empty>No command has these letters.</Palette.Empty>
        {groups.map((group) => (
          <Palette.Group key={group} heading={group}>
            {commands
              .filter((command) => command.group === group)
              .map((command) => (
                <Palette.Item
                  key={command.id}
                  value={`${command.title} ${command.id}`}
                  onSelect={() => {
                    close();
                    command.run();
                  }}
                >
                  <span>{command.title}</span>
                  {command.shortcut === undefined ? null : (
                    <kbd className="kbd">{keysOf(command.shortcut, isMac).join(' ')}</kbd>
                  )}
                </Palette.Item>
              ))}
          </Palette.Group>
        ))}
      </Palette.List>
    </Palette.Dialog>
  );
}

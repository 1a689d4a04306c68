import { keysOf, shortcutOf } from '#renderer/lib/commands.ts';
import { showOverlay, useNavigation } from '#renderer/lib/navigation.ts';
import { isMac } from '#renderer/lib/platform.ts';
import { useSettings } from '#renderer/lib/settings.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { allCommands } from './commands.ts';

/** All shortcuts, from the same list that makes them work. */
export function ShortcutSheet() {
  const open = useNavigation((state) => state.overlay === 'shortcuts');
  const keys = useSettings((state) => state.settings.keys);
  if (!open) return null;
  const withKeys = allCommands.filter((command) => shortcutOf(command, keys) !== undefined);
  const groups = [...new Set(withKeys.map((command) => command.group))];
  return (
    <Dialog title="Keyboard shortcuts" wide onClose={() => showOverlay('none')}>
      <div className="shortcut-groups">
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl className="shortcut-list">
              {withKeys
                .filter((command) => command.group === group)
                .map((command) => (
                  <div key={command.id}>
                    <dt>{command.title}</dt>
                    <dd>
                      {keysOf(shortcutOf(command, keys) ?? '', isMac).map((key) => (
                        <kbd key={key} className="key">
                          {key}
                        </kbd>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

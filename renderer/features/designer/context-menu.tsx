import { createPortal } from 'react-dom';
import { useMemo } from 'react';
import { keysOf, shortcutOf } from '#renderer/lib/commands.ts';
import { isMac } from '#renderer/lib/platform.ts';
import { useSettings } from '#renderer/lib/settings.ts';
import { Menu } from '#renderer/ui/menu.tsx';
import { designerCommands } from './commands.ts';
import { focusGrid, useDesigner } from './designer-store.ts';
import { appliesNow } from './menu-actions.ts';

const onOperation = [
  'edit',
  'fold',
  'text',
  'condition',
  'loop',
  'duplicate',
  'replicate',
  'note',
  'display',
  'cut',
  'copy',
  'paste',
  'group',
  'ungroup',
  'keep',
  'remove',
];
const onLabel = [
  'wire-above',
  'wire-below',
  'wire-move-up',
  'wire-move-down',
  'wire-remove',
  'rename-register',
  'add-bits',
];
const onWire = [
  'paste',
  'select-all',
  'wire-above',
  'wire-below',
  'wire-remove',
  'add-qubit',
  'remove-qubit',
  'fit',
];

/** What can be done where the right button was pressed; the same commands as by key. */
export function ContextMenu() {
  const menu = useDesigner((state) => state.menu);
  return menu === null ? null : <OpenMenu menu={menu} />;
}

function OpenMenu({
  menu,
}: {
  menu: NonNullable<ReturnType<typeof useDesigner.getState>['menu']>;
}) {
  const keys = useSettings((state) => state.settings.keys);
  const items = useMemo(() => {
    const wanted = { operation: onOperation, wire: onWire, label: onLabel }[menu.on];
    return wanted.filter(appliesNow).flatMap((name) => {
      const command = designerCommands.find(({ id }) => id === `designer.${name}`);
      if (command === undefined) return [];
      const { id, title, run } = command;
      const shortcut = shortcutOf(command, keys);
      const caps = shortcut === undefined ? {} : { keys: keysOf(shortcut, isMac).join(' ') };
      return [{ id, title, run, ...caps }];
    });
  }, [menu, keys]);
  const close = (): void => {
    useDesigner.setState({ menu: null });
    focusGrid();
  };
  return createPortal(
    <Menu label="Circuit actions" at={menu.at} items={items} onClose={close} />,
    document.body,
  );
}

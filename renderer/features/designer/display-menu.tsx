import { createPortal } from 'react-dom';
import { displaysOf } from '#renderer/lib/workspace/displays.ts';
import { displayKinds } from '#renderer/lib/workspace/marks.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { Menu } from '#renderer/ui/menu.tsx';
import { focusGrid, useDesigner } from './designer-store.ts';
import { showDisplay } from './display-actions.ts';
import { displayTitles } from './display-content.ts';

/** What can be shown of the state at a place of the circuit. */
export function DisplayMenu({ document }: { document: OpenDocument }) {
  const menu = useDesigner((state) => state.displayMenu);
  if (menu === null) return null;
  const { index, row, at } = menu;
  const has = displaysOf(document).some((one) => one.index === index && one.qubit === row);
  const items = [
    ...displayKinds.map((show) => ({
      id: show,
      title: displayTitles[show],
      run: () => showDisplay(index, row, show),
    })),
    ...(has
      ? [{ id: 'none', title: 'Take it away', run: () => showDisplay(index, row, null) }]
      : []),
  ];
  const close = (): void => {
    useDesigner.setState({ displayMenu: null });
    focusGrid();
  };
  return createPortal(
    <Menu label="Show the state here" at={at} items={items} onClose={close} />,
    window.document.body,
  );
}

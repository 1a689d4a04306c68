import { unreachable } from '#shared/base/assert.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { ArrayDialog } from './array-dialog.tsx';
import { BlockDialog } from './block-dialog.tsx';
import { useDesigner } from './designer-store.ts';
import { GroupDialog } from './group-dialog.tsx';
import { DelayDialog, MeasureDialog } from './statement-dialogs.tsx';
import { NoteDialog } from './note-dialog.tsx';
import { RemoveWireDialog, RenameRegisterDialog } from './wire-dialogs.tsx';

/** The dialog that an action of the designer asked for. */
export function Dialogs({ document }: { document: OpenDocument }) {
  const dialog = useDesigner((state) => state.dialog);
  if (dialog === null) return null;
  switch (dialog.kind) {
    case 'group':
      return <GroupDialog indices={dialog.indices} />;
    case 'array':
      return <ArrayDialog document={document} indices={dialog.indices} />;
    case 'block':
      return <BlockDialog document={document} indices={dialog.indices} block={dialog.block} />;
    case 'measure':
      return <MeasureDialog document={document} index={dialog.index} />;
    case 'delay':
      return <DelayDialog index={dialog.index} />;
    case 'note':
      return <NoteDialog document={document} index={dialog.index} on={dialog.on} />;
    case 'remove-wire':
      return <RemoveWireDialog document={document} row={dialog.row} />;
    case 'rename-register':
      return <RenameRegisterDialog document={document} row={dialog.row} />;
    default:
      return unreachable(dialog);
  }
}

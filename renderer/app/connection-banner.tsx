import { useConnection } from '#renderer/lib/connection.ts';
import { isDirty } from '#renderer/lib/workspace/open-document.ts';
import { useWorkspace } from '#renderer/lib/workspace/workspace-store.ts';
import { countOf } from '#renderer/lib/format.ts';

/** Says that nothing can be run while main is away, and what becomes of edits meanwhile. */
export function ConnectionBanner() {
  const { lost, areDraftsKept } = useConnection();
  const unsaved = useWorkspace(({ documents }) => documents.filter(isDirty).length);
  if (!lost) return null;
  return (
    <div className="banner" role="status">
      Reconnecting… {unsaved === 0 ? 'Everything is saved.' : wordsOf(unsaved, areDraftsKept)}
    </div>
  );
}

function wordsOf(unsaved: number, areDraftsKept: boolean): string {
  const what = `${countOf(unsaved, 'circuit')} with unsaved edits`;
  return areDraftsKept
    ? `${what}: this browser keeps a copy, and saves it once Ketbench runs again at this address.`
    : `${what}, and this browser has no room for a copy: save them as files before you close the window.`;
}

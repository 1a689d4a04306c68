export { CompareDialog } from './compare-dialog.tsx';
export { ProblemsDialog } from './problems-dialog.tsx';

import { lazy, Suspense } from 'react';
import { useActiveDocument } from '#renderer/lib/workspace/workspace-store.ts';
import { Skeleton } from '#renderer/ui/states.tsx';

// Monaco is most of the window's code: it is fetched after the first paint.
const Monaco = lazy(async () => ({ default: (await import('./monaco-editor.tsx')).MonacoEditor }));

/** The text of the active circuit. */
export function Editor() {
  const document = useActiveDocument();
  if (document === null) return null;
  return (
    <Suspense fallback={<Skeleton label="Opening the text editor" />}>
      <Monaco document={document} />
    </Suspense>
  );
}

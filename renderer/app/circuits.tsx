import { lazy, Suspense, useEffect } from 'react';
import { DocumentTabs, StartPage } from '#renderer/features/documents/index.tsx';
import { useSettings } from '#renderer/lib/settings.ts';
import { useWorkspace } from '#renderer/lib/workspace/workspace-store.ts';
import { Skeleton } from '#renderer/ui/states.tsx';

const loadDock = () => import('./dock.tsx');

// Canvas and dock are half of the window's code; the start page is there before them.
const Dock = lazy(async () => ({ default: (await loadDock()).Dock }));

/** The Circuits workspace: tabs of documents above docked panels, or the start page. */
export function Circuits() {
  const isEmpty = useWorkspace((state) => state.documents.length === 0);
  const loaded = useSettings((state) => state.loaded);
  const restored = useWorkspace((state) => state.restored);
  useEffect(() => {
    // Fetched while the user looks at the start page, so that the first circuit opens at once.
    const soon = requestIdleCallback(() => void loadDock());
    return () => cancelIdleCallback(soon);
  }, []);
  if (!loaded || !restored) return <Skeleton label="Opening your circuits" />;
  if (isEmpty) return <StartPage />;
  return (
    <div className="circuits">
      <DocumentTabs />
      <Suspense fallback={<Skeleton label="Opening the designer" />}>
        <Dock />
      </Suspense>
    </div>
  );
}

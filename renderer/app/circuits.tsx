import { Workflow } from 'lucide-react';
import { EmptyState } from '#renderer/ui/states.tsx';

/** The Circuits workspace. */
export function Circuits() {
  return <EmptyState icon={Workflow} title="No circuit open" text="Open one to draw and run it." />;
}

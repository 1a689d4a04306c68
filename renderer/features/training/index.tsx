import { TrendingDown } from 'lucide-react';
import { EmptyState } from '#renderer/ui/states.tsx';

/** The Nothing trained yet workspace. */
export function Training() {
  return (
    <EmptyState
      icon={TrendingDown}
      title="Nothing trained yet"
      text="Jobs that you start appear here."
    />
  );
}

import { Database } from 'lucide-react';
import { EmptyState } from '#renderer/ui/states.tsx';

/** The No data set yet workspace. */
export function Data() {
  return (
    <EmptyState
      icon={Database}
      title="No data set yet"
      text="Import a CSV file to use it for training."
    />
  );
}

import { ChartNoAxesColumn } from 'lucide-react';
import { EmptyState } from '#renderer/ui/states.tsx';

/** The No comparison yet workspace. */
export function Benchmarks() {
  return (
    <EmptyState
      icon={ChartNoAxesColumn}
      title="No comparison yet"
      text="Comparisons that you run appear here."
    />
  );
}

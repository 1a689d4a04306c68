import { Cpu } from 'lucide-react';
import { EmptyState } from '#renderer/ui/states.tsx';

/** The No device yet workspace. */
export function Hardware() {
  return (
    <EmptyState
      icon={Cpu}
      title="No device yet"
      text="Devices appear here once the connection is there."
    />
  );
}

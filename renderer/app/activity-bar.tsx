import {
  Boxes,
  ChartNoAxesColumn,
  Cpu,
  Database,
  type LucideIcon,
  Settings,
  TrendingDown,
  Workflow,
} from 'lucide-react';
import { goTo, useNavigation, type WorkspaceId } from '#renderer/lib/navigation.ts';

interface Activity {
  readonly id: WorkspaceId;
  readonly title: string;
  readonly icon: LucideIcon;
}

const activities: readonly Activity[] = [
  { id: 'circuits', title: 'Circuits', icon: Workflow },
  { id: 'training', title: 'Training', icon: TrendingDown },
  { id: 'benchmarks', title: 'Benchmarks', icon: ChartNoAxesColumn },
  { id: 'hardware', title: 'Hardware', icon: Cpu },
  { id: 'data', title: 'Data', icon: Database },
  { id: 'models', title: 'Models', icon: Boxes },
  { id: 'settings', title: 'Settings', icon: Settings },
];

/** The rail on the left: one button a workspace. */
export function ActivityBar() {
  const workspace = useNavigation((state) => state.workspace);
  return (
    <nav className="activity-bar" aria-label="Workspaces">
      {activities.map(({ id, title, icon: Icon }) => (
        <button
          key={id}
          type="button"
          className="activity"
          aria-current={workspace === id ? 'page' : undefined}
          onClick={() => goTo(id)}
        >
          <Icon size={19} strokeWidth={1.75} aria-hidden />
          <span>{title}</span>
        </button>
      ))}
    </nav>
  );
}

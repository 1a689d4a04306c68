import { create } from 'zustand';

export type WorkspaceId =
  | 'circuits'
  | 'training'
  | 'models'
  | 'benchmarks'
  | 'hardware'
  | 'data'
  | 'settings';

interface NavigationState {
  readonly workspace: WorkspaceId;
  readonly overlay: 'none' | 'palette' | 'shortcuts' | 'gallery' | 'problems' | 'statistics';
}

/** Where the user is. */
export const useNavigation = create<NavigationState>(() => ({
  workspace: 'circuits',
  overlay: 'none',
}));

export function goTo(workspace: WorkspaceId): void {
  useNavigation.setState({ workspace, overlay: 'none' });
}

export function showOverlay(overlay: NavigationState['overlay']): void {
  useNavigation.setState({ overlay });
}

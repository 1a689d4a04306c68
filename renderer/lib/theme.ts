import { create } from 'zustand';
import type { Settings } from '#shared/ipc/library.ts';
import { useSettings } from './settings.ts';

export type ThemeName = 'light' | 'dark';

/** The theme that is shown now; drawings that are not CSS redraw when it changes. */
export const useTheme = create<{ readonly theme: ThemeName }>(() => ({ theme: 'light' }));

/** Follows the setting and, under "system", the operating system. */
export function followTheme(): void {
  const systemDark = matchMedia('(prefers-color-scheme: dark)');
  const resolve = (choice: Settings['theme']): ThemeName => {
    if (choice !== 'system') return choice;
    return systemDark.matches ? 'dark' : 'light';
  };
  const apply = (): void => {
    const theme = resolve(useSettings.getState().settings.theme);
    document.documentElement.dataset['theme'] = theme;
    useTheme.setState({ theme });
  };
  apply();
  useSettings.subscribe(apply);
  systemDark.addEventListener('change', apply);
}

/** A colour token as the page has it now, for canvases. */
export function tokenColour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

import type { Settings } from '#shared/ipc/library.ts';
import type { App } from '../../app.ts';
import type { HandlersOf } from '../call.ts';

/** Settings are one document; a change merges the given keys. */
export function createSettingsHandlers({ library, hub, startMark }: App): HandlersOf<'settings'> {
  return {
    'settings.get': () => {
      // The first thing that a window asks: what follows shows whether it comes up.
      startMark.begun();
      return library.settings.value;
    },
    'settings.set': async (change) => {
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      const next = await library.settings.write(
        (before) => ({ ...before, ...Object.fromEntries(given) }) as Settings,
      );
      hub.emit('settings.changed', next);
      return next;
    },
  };
}

import { useConnection } from '#renderer/lib/connection.ts';
import { goTo, showOverlay } from '#renderer/lib/navigation.ts';
import { changeSettings, useSettings } from '#renderer/lib/settings.ts';

/** One line at the bottom: connection, bit order, help. */
export function StatusBar() {
  const lost = useConnection((state) => state.lost);
  const bitOrder = useSettings((state) => state.settings.bitOrder);
  const turn = (): void => changeSettings({ bitOrder: bitOrder === 'little' ? 'big' : 'little' });
  return (
    <footer className="status-bar" aria-label="Status">
      <span>
        <span className={`status-dot ${lost ? 'status-dot-off' : ''}`} aria-hidden />
        {lost ? 'Reconnecting' : 'Ready'}
      </span>
      <span className="spacer" />
      <button type="button" onClick={turn} title="Turn the bit order of every view">
        {bitOrder === 'little' ? 'q0 rightmost' : 'q0 leftmost'}
      </button>
      <button type="button" onClick={() => goTo('settings')}>
        Settings
      </button>
      <button type="button" onClick={() => showOverlay('shortcuts')}>
        Shortcuts ?
      </button>
    </footer>
  );
}

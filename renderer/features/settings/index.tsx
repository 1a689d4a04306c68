import './keyboard.css';
import type { Settings } from '#shared/ipc/library.ts';
import type { Command } from '#renderer/lib/commands.ts';
import { formatBytes } from '#shared/base/format-bytes.ts';
import { changeSettings, useSettings } from '#renderer/lib/settings.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { SelectField, TextField } from '#renderer/ui/field.tsx';
import { ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { Keyboard } from './keyboard.tsx';

const themes = [
  { value: 'system', title: 'As the system' },
  { value: 'light', title: 'Light' },
  { value: 'dark', title: 'Dark' },
];

const bitOrders = [
  { value: 'little', title: 'Qubit 0 rightmost (little-endian)' },
  { value: 'big', title: 'Qubit 0 leftmost (big-endian)' },
];

/** How the window looks and behaves, which keys it has, what hardware may cost, and what is installed. */
export function SettingsPage({ commands }: { commands: readonly Command[] }) {
  const settings = useSettings((state) => state.settings);
  return (
    <div className="page">
      <header className="page-head">
        <h1>Settings</h1>
      </header>
      <div className="page-body">
        <div className="stack" style={{ maxWidth: 560, padding: 'var(--space-5)' }}>
          <section className="card stack" aria-labelledby="settings-look">
            <h2 id="settings-look">Appearance</h2>
            <SelectField
              label="Theme"
              value={settings.theme}
              options={themes}
              onChange={(event) =>
                changeSettings({ theme: event.target.value as Settings['theme'] })
              }
            />
            <SelectField
              label="Bit order"
              help="Turns every view. Files, results and exports never change."
              value={settings.bitOrder}
              options={bitOrders}
              onChange={(event) =>
                changeSettings({ bitOrder: event.target.value as Settings['bitOrder'] })
              }
            />
          </section>
          <section className="card stack" aria-labelledby="settings-hardware">
            <h2 id="settings-hardware">Hardware budget</h2>
            <TextField
              label="Most that hardware may cost a month (US dollars)"
              help="Empty = you confirm every job with its cost."
              type="number"
              min={0}
              step="1"
              value={settings.monthlyBudget ?? ''}
              onChange={(event) => changeSettings({ monthlyBudget: budgetOf(event.target.value) })}
            />
          </section>
          <Keyboard commands={commands} />
          <About />
        </div>
      </div>
    </div>
  );
}

function budgetOf(text: string): number | null {
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value) || value < 0 ? null : value;
}

function About() {
  const info = useRequest('app.info', {});
  return (
    <section className="card stack" aria-labelledby="settings-about">
      <h2 id="settings-about">About</h2>
      {info.error !== null ? (
        <ErrorState error={info.error} onRetry={info.reload} />
      ) : info.data === null ? (
        <Skeleton lines={4} />
      ) : (
        <dl className="facts">
          <dt>Version</dt>
          <dd>
            {info.data.name} {info.data.version}
          </dd>
          <dt>Library</dt>
          <dd className="mono">{info.data.libraryFolder}</dd>
          <dt>Machine</dt>
          <dd>
            {info.data.platform}, {info.data.threads} threads, {formatBytes(info.data.memoryBytes)}
          </dd>
          <dt>Kernel</dt>
          <dd>{info.data.kernel}</dd>
        </dl>
      )}
    </section>
  );
}

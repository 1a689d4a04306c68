import './settings.css';
import { useState } from 'react';
import type { Settings } from '#shared/ipc/library.ts';
import type { Command } from '#renderer/lib/commands.ts';
import { formatBytes } from '#shared/base/format-bytes.ts';
import { countOf } from '#renderer/lib/format.ts';
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
        <div className="settings">
          <div className="stack">
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
            <Budget />
            <About />
          </div>
          <Keyboard commands={commands} />
        </div>
      </div>
    </div>
  );
}

/** What cannot be a budget stays in the field and is said; what is saved stays what it was. */
function Budget() {
  const budget = useSettings((state) => state.settings.monthlyBudget);
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? (budget === null ? '' : String(budget));
  const read = budgetOf(text);
  const change = (next: string): void => {
    setTyped(next);
    const value = budgetOf(next);
    if (value !== 'wrong') changeSettings({ monthlyBudget: value });
  };
  return (
    <section className="card stack" aria-labelledby="settings-hardware">
      <h2 id="settings-hardware">Hardware budget</h2>
      <TextField
        label="Most that hardware may cost a month (US dollars)"
        help="Empty: you confirm every job with its cost."
        inputMode="decimal"
        value={text}
        error={
          read === 'wrong'
            ? `Expected a number of 0 or more. The budget stays ${budget === null ? 'unset' : `$${budget}`}.`
            : null
        }
        onChange={(event) => change(event.target.value)}
        onBlur={() => read !== 'wrong' && setTyped(null)}
      />
    </section>
  );
}

/** Dollars; null where nothing is set. */
function budgetOf(text: string): number | null | 'wrong' {
  if (text.trim() === '') return null;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : 'wrong';
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
            {info.data.platform}, {countOf(info.data.threads, 'thread')},{' '}
            {formatBytes(info.data.memoryBytes)}
          </dd>
          <dt>Kernel</dt>
          <dd>{info.data.kernel}</dd>
        </dl>
      )}
    </section>
  );
}

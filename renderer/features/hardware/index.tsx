import './hardware.css';
import { useEffect, useState } from 'react';
import { client } from '#renderer/lib/client.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { DeviceTable } from './device-table.tsx';
import { HardwareJobs } from './hardware-jobs.tsx';
import { KeyPanel } from './key-panel.tsx';
import { SubmitPanel } from './submit-panel.tsx';

/** The Hardware workspace: devices with their figures, keys, what a run would cost, running jobs. */
export function Hardware() {
  const devices = useRequest('devices.list', {});
  const known = useRequest('devices.list', { live: false });
  const vault = useRequest('vault.status', {});
  const reloadVault = vault.reload;
  const [deviceId, setDeviceId] = useState<string | null>(null);
  const { reload } = devices;
  // A new key may make devices available.
  useEffect(() => client().on('credentials.changed', reload), [reload]);
  useEffect(
    () =>
      client().on('vault.changed', () => {
        reload();
        reloadVault();
      }),
    [reload, reloadVault],
  );
  const listed = devices.data ?? known.data;
  const device = listed?.find((one) => one.id === deviceId) ?? null;
  return (
    <div className="page">
      <header className="page-head">
        <h1>Hardware</h1>
      </header>
      <div className="hardware">
        <div className="stack">
          <section className="card stack" aria-label="Devices">
            <h2>Devices</h2>
            {devices.error !== null ? (
              <ErrorState error={devices.error} onRetry={reload} />
            ) : listed === null ? (
              <Skeleton lines={6} label="Loading devices" />
            ) : (
              <DeviceTable
                devices={listed}
                isAsking={devices.data === null}
                isLocked={vault.data?.state === 'locked'}
                selected={deviceId}
                onSelect={setDeviceId}
              />
            )}
          </section>
          <HardwareJobs devices={listed ?? []} />
        </div>
        <div className="stack">
          <SubmitPanel device={device} />
          <KeyPanel />
        </div>
      </div>
    </div>
  );
}

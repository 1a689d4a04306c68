import { Cpu } from 'lucide-react';
import type { Device } from '#shared/ipc/hardware.ts';
import { countOf, formatNumber, formatSeconds } from '#renderer/lib/format.ts';
import type { Tone } from '#renderer/lib/tone.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { EmptyState } from '#renderer/ui/states.tsx';

interface Props {
  readonly devices: readonly Device[];
  /** The vendors have not answered yet: what is shown of their devices is what is known here. */
  readonly isAsking: boolean;
  /** Keys may be there, but cannot be read until the vault is unlocked. */
  readonly isLocked: boolean;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}

const words: Readonly<Record<Device['status'], readonly [string, Tone]>> = {
  available: ['available', 'good'],
  unavailable: ['offline', 'bad'],
  retired: ['retired', 'plain'],
  'needs-credential': ['needs a key', 'warn'],
  unknown: ['unknown', 'plain'],
};

/** Devices with the figures that decide between them. */
export function DeviceTable({ devices, isAsking, isLocked, selected, onSelect }: Props) {
  if (devices.length === 0) {
    return <EmptyState icon={Cpu} title="No device" text="No vendor lists a device right now." />;
  }
  return (
    <div className="table-scroll" role="region" aria-label="Table of devices" tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Device</th>
            <th scope="col">Status</th>
            <th scope="col" className="right">
              Qubits
            </th>
            <th scope="col" className="right">
              2-qubit error
            </th>
            <th scope="col" className="right">
              Readout error
            </th>
            <th scope="col" className="right">
              Queue
            </th>
          </tr>
        </thead>
        <tbody>
          {devices.map((device) => (
            <Row
              key={device.id}
              device={device}
              isAsking={isAsking}
              isLocked={isLocked}
              isSelected={device.id === selected}
              onSelect={() => onSelect(device.id)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly device: Device;
  readonly isAsking: boolean;
  readonly isLocked: boolean;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

function Row({ device, isAsking, isLocked, isSelected, onSelect }: RowProps) {
  const [word, tone] = stateOf(device, isAsking, isLocked);
  return (
    <tr aria-selected={isSelected} onClick={onSelect}>
      <td>
        <button type="button" className="device-name" aria-pressed={isSelected} onClick={onSelect}>
          <span>{device.name}</span>
          <span className="muted">
            {device.provider} · {kindOf(device)}
          </span>
        </button>
      </td>
      <td>
        <Badge tone={tone}>{word}</Badge>
      </td>
      <td className="right">{device.qubits.toLocaleString('en')}</td>
      <td className="right">{rateOf(device, ['twoQubit', '2q', 'cx', 'cz'])}</td>
      <td className="right">{rateOf(device, ['readout', 'spam', 'measurement'])}</td>
      <td className="right">{queueOf(device)}</td>
    </tr>
  );
}

function stateOf(device: Device, isAsking: boolean, isLocked: boolean): readonly [string, Tone] {
  if (device.kind === 'qpu' && isAsking) return ['asking…', 'plain'];
  if (device.status === 'needs-credential' && isLocked) return ['locked', 'warn'];
  if (device.isUnreachable === true) return ['not reachable', 'warn'];
  return words[device.status];
}

/** The first error rate whose name starts with one of the words. */
function rateOf(device: Device, names: readonly string[]): string {
  const found = Object.entries(device.errorRates).find(([key]) =>
    names.some((name) => key.toLowerCase().startsWith(name.toLowerCase())),
  );
  return found === undefined ? '–' : `${formatNumber(100 * found[1], 3)} %`;
}

function kindOf(device: Device): string {
  switch (device.kind) {
    case 'qpu':
      return device.technology;
    case 'device-model':
      return `${device.technology}, simulated with its noise`;
    case 'simulator':
      return 'simulator';
  }
}

function queueOf(device: Device): string {
  if (device.status === 'unavailable' || device.status === 'retired') return '–';
  if (device.queueSeconds === 0 || device.queueLength === 0) return 'none';
  if (device.queueSeconds !== null) return formatSeconds(device.queueSeconds);
  return device.queueLength === null ? '–' : countOf(device.queueLength, 'job');
}

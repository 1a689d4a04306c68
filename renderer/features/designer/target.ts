import { useEffect } from 'react';
import { create } from 'zustand';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { deviceFidelity, type FidelityEstimate } from '#shared/devices/device-fidelity.ts';
import { type DeviceLint, lintForDevice } from '#shared/devices/device-lint.ts';
import type { Device } from '#shared/ipc/hardware.ts';
import { client } from '#renderer/lib/client.ts';
import { notifyError } from '#renderer/lib/notices.ts';
import { useSettings } from '#renderer/lib/settings.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';

interface Devices {
  readonly devices: readonly Device[];
  readonly asked: boolean;
}

/** The machines that a circuit can be drawn for. */
export const useDevices = create<Devices>(() => ({ devices: [], asked: false }));

/** Asks for the devices once they are needed. */
export function useLoadDevices(): void {
  const asked = useDevices((state) => state.asked);
  useEffect(() => {
    if (asked) return;
    useDevices.setState({ asked: true });
    client()
      .request('devices.list', {})
      .then((devices) => useDevices.setState({ devices }))
      .catch((error: unknown) => {
        useDevices.setState({ asked: false });
        notifyError(error);
      });
  }, [asked]);
}

/** The device that circuits are drawn for; null = none. */
export function useTarget(): Device | null {
  const id = useSettings((state) => state.settings.target);
  return useDevices((state) => state.devices.find((device) => device.id === id) ?? null);
}

/** Shots that cost and time are told for. */
export const targetShots = 1000;

/** What the chosen device makes of a circuit. */
export interface TargetCheck {
  readonly lints: readonly DeviceLint[];
  readonly faults: ReadonlyMap<number, DeviceLint['severity']>;
  readonly estimate: FidelityEstimate | null;
}

const unchecked: TargetCheck = { lints: [], faults: new Map(), estimate: null };
const checks = new WeakMap<Circuit, { readonly device: Device; readonly check: TargetCheck }>();

/** Checked once for each circuit value. */
export function checkFor(circuit: Circuit, device: Device): TargetCheck {
  const known = checks.get(circuit);
  if (known?.device === device) return known.check;
  const lints = lintForDevice(circuit, device, targetShots);
  const faults = new Map<number, DeviceLint['severity']>();
  for (const { index, severity } of lints) {
    if (index !== null && faults.get(index) !== 'obstacle') faults.set(index, severity);
  }
  const check = { lints, faults, estimate: estimateOf(circuit, device) };
  checks.set(circuit, { device, check });
  return check;
}

/** Null where gates cannot be counted: those of the user's own that have no body. */
function estimateOf(circuit: Circuit, device: Device): FidelityEstimate | null {
  try {
    return deviceFidelity(device, circuit, targetShots);
  } catch {
    return null;
  }
}

export function useTargetCheck(document: OpenDocument): TargetCheck {
  const device = useTarget();
  return device === null ? unchecked : checkFor(document.drawn, device);
}

import type { DeviceModel } from '../device-model.ts';
import { ibmTorino } from './ibm-torino.ts';
import { ionqForteEnterprise1 } from './ionq-forte-enterprise-1.ts';

/** Every device model, sorted by id. */
export const deviceModels: readonly DeviceModel[] = [ibmTorino, ionqForteEnterprise1];

/** By id, or by the vendor's own name. */
export function deviceModelNamed(name: string): DeviceModel | null {
  return deviceModels.find((device) => device.id === name || device.name === name) ?? null;
}

import type { DeviceRecord } from './device.ts';
import { ibmBrisbane } from './records/ibm-brisbane.ts';
import { ibmTorino } from './records/ibm-torino.ts';
import { ionqForteEnterprise1 } from './records/ionq-forte-enterprise-1.ts';

/** Machines that are known without an account, sorted by id. */
export const deviceRecords: readonly DeviceRecord[] = [
  ibmBrisbane,
  ibmTorino,
  ionqForteEnterprise1,
];

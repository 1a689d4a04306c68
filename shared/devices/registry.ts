import type { DeviceRecord } from './device.ts';
import { ibmAachen } from './records/ibm-aachen.ts';
import { ibmBoston } from './records/ibm-boston.ts';
import { ibmBrisbane } from './records/ibm-brisbane.ts';
import { ibmFez } from './records/ibm-fez.ts';
import { ibmKingston } from './records/ibm-kingston.ts';
import { ibmLagos } from './records/ibm-lagos.ts';
import { ibmMarrakesh } from './records/ibm-marrakesh.ts';
import { ibmMiami } from './records/ibm-miami.ts';
import { ibmPittsburgh } from './records/ibm-pittsburgh.ts';
import { ibmTorino } from './records/ibm-torino.ts';
import { ibmqManila } from './records/ibmq-manila.ts';
import { ionqAria1 } from './records/ionq-aria-1.ts';
import { ionqForte1 } from './records/ionq-forte-1.ts';
import { ionqForteEnterprise1 } from './records/ionq-forte-enterprise-1.ts';
import { iqmEmerald } from './records/iqm-emerald.ts';
import { iqmGarnet } from './records/iqm-garnet.ts';
import { rigettiAnkaa3 } from './records/rigetti-ankaa-3.ts';
import { rigettiCepheus1108q } from './records/rigetti-cepheus-1-108q.ts';

/** Machines that are known without an account, sorted by id. */
export const deviceRecords: readonly DeviceRecord[] = [
  ibmAachen,
  ibmBoston,
  ibmBrisbane,
  ibmFez,
  ibmKingston,
  ibmLagos,
  ibmMarrakesh,
  ibmMiami,
  ibmPittsburgh,
  ibmTorino,
  ibmqManila,
  ionqAria1,
  ionqForte1,
  ionqForteEnterprise1,
  iqmEmerald,
  iqmGarnet,
  rigettiAnkaa3,
  rigettiCepheus1108q,
];

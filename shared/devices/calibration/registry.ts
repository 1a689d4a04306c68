import { braketCapabilities } from './braket.ts';
import { ibmCsv } from './ibm-csv.ts';
import { ibmProperties } from './ibm-properties.ts';
import { ionqCharacterization } from './ionq.ts';
import type { CalibrationFormat } from './readings.ts';
import { rigettiIsa } from './rigetti-isa.ts';

/** Formats of calibration files, sorted by id. */
export const calibrationFormats: readonly CalibrationFormat[] = [
  braketCapabilities,
  ibmCsv,
  ibmProperties,
  ionqCharacterization,
  rigettiIsa,
];

import type { Tool } from '../tool.ts';
import { explainMember, listMembers } from './catalog.ts';
import {
  checkCircuit,
  estimateCircuit,
  listDevices,
  selectDevice,
  simulateCircuit,
} from './circuits.ts';
import { listBenchmarks, readBenchmark, runBenchmark } from './comparisons.ts';
import { checkJob, controlJob, followJob, listJobs, readResult, submitJob } from './jobs.ts';
import { importData, listData, listModels, modelCard, showData, writeReport } from './library.ts';
import { predict } from './predict.ts';

/** What an agent can do; a tool more is a file and a line here. */
export const tools: readonly Tool[] = [
  listMembers,
  explainMember,
  checkCircuit,
  simulateCircuit,
  listDevices,
  estimateCircuit,
  selectDevice,
  listData,
  showData,
  importData,
  checkJob,
  submitJob,
  followJob,
  listJobs,
  readResult,
  controlJob,
  runBenchmark,
  readBenchmark,
  listBenchmarks,
  listModels,
  modelCard,
  predict,
  writeReport,
];

import { availableParallelism, cpus, totalmem } from 'node:os';

/** What times were measured on. */
export function machineFacts(): Readonly<Record<string, string | number>> {
  return {
    platform: `${process.platform}-${process.arch}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    threads: availableParallelism(),
    memoryBytes: totalmem(),
    node: process.version,
  };
}

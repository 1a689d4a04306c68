import { measureSpeed, secondsOf, type Speed } from '#engine/jobs/speed.ts';
import { providePlatform } from '#engine/platform.ts';
import type { ForecastAnswer, ForecastTask } from '../jobs/forecast.ts';
import { jobFileOf } from '../jobs/job-file.ts';
import { loadEngineModule } from './engine-module.ts';
import { nodePlatform } from './node-platform.ts';
import { serveTasks } from './serve-tasks.ts';

providePlatform(nodePlatform);

/** A form waits for this at every change. */
const dryMs = 300;

/** The thread that prepares jobs only to see what they would need. */
serveTasks(async ({ task, freeBytes }) => {
  const { spec, files, calibrations, engineModule } = task as ForecastTask;
  const { jobEngine } = await loadEngineModule(engineModule);
  const read = new Map(files.map(([name, raw]) => [name, jobFileOf(name, raw)] as const));
  await jobEngine.load(spec);
  const job = jobEngine.prepare(spec, read, { freeBytes, calibrations });
  const { memoryBytes, answerer } = job;
  const end = performance.now() + dryMs;
  try {
    const { work, ...dry } = jobEngine.dryRun(job, () => performance.now() > end);
    const seconds = work === null || !dry.isWhole ? null : secondsOf(work, speedHere());
    return { memoryBytes, seconds, ...dry } satisfies ForecastAnswer;
  } finally {
    answerer?.dispose();
  }
});

let speed: Speed | null = null;

/** Of this machine, measured once, when it is first asked for. */
function speedHere(): Speed {
  speed ??= measureSpeed(() => performance.now());
  return speed;
}

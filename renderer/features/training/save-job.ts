import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import type { JobDocument } from '#shared/jobs/job.ts';
import { seriesOf } from '#shared/jobs/curve.ts';
import { client } from '#renderer/lib/client.ts';
import { downloadText, fileNameOf } from '#renderer/lib/download.ts';
import { notifyError } from '#renderer/lib/notices.ts';

const wholeCurve = 4000;

/** Saves a job with what it takes to run it again: name, spec, seed, versions, data, curves, result. */
export async function saveJob(job: JobDocument, name: string): Promise<void> {
  const { jobId } = job;
  try {
    const [{ spec }, series] = await Promise.all([
      client().request('jobs.spec', { jobId }),
      client().request('runs.curves', { runs: [jobId], pixels: wholeCurve }),
    ]);
    const curves = series.map(seriesOf).map((one) => ({
      name: one.name,
      total: one.total,
      x: Array.from(one.x),
      y: Array.from(one.y),
    }));
    const text = `${stringifyPlain({ name, ...job, spec, curves }, 2)}\n`;
    downloadText(`${fileNameOf(name)}.json`, 'application/json', text);
  } catch (thrown) {
    notifyError(thrown);
  }
}

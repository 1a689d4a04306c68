import type { JobDocument } from '#shared/jobs/job.ts';
import type { Reading } from '#shared/results/reading.ts';
import { Button } from '#renderer/ui/button.tsx';
import { ReportExport } from '#renderer/ui/report-export.tsx';
import { ReadingView } from '#renderer/ui/reading-view.tsx';
import { scalarsOf } from './result.ts';
import { saveJob } from './save-job.ts';

interface Props {
  readonly job: JobDocument;
  readonly name: string;
  /** Null where nobody knows its kind. */
  readonly reading: Reading | null;
}

/** The result of a finished job as its kind says it is read; the whole of the job can be saved as JSON. */
export function JobResult({ job, name, reading }: Props) {
  return (
    <section className="card stack" aria-label="Result">
      <div className="row">
        <h3>Result</h3>
        <span className="spacer" />
        <Button onClick={() => void saveJob(job, name)}>Save as JSON</Button>
        <ReportExport id={job.jobId} name={name} command="job.export" />
      </div>
      {reading === null ? null : <ReadingView reading={reading} name={name} />}
      <Scalars value={job.result} />
    </section>
  );
}

/** Every single figure of the result, whatever its kind. */
function Scalars({ value }: { value: unknown }) {
  const rows = scalarsOf(value);
  if (rows.length === 0) return null;
  return (
    <details>
      <summary>All figures</summary>
      <dl className="facts">
        {rows.map(([name, text]) => (
          <div key={name} className="facts-row">
            <dt>{name}</dt>
            <dd className="number">{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

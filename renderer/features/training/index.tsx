import './training.css';
import { useJobs } from '#renderer/lib/jobs.ts';
import { NewJob } from './form/job-form.tsx';
import { JobDetail } from './job-detail.tsx';
import { JobList } from './job-list.tsx';

/** The Training workspace: jobs at the left; at the right the chosen one, or the form for a new one. */
export function Training() {
  const selected = useJobs((state) => state.selected);
  return (
    <div className="split">
      <JobList />
      {selected === null ? <NewJob /> : <JobDetail key={selected} jobId={selected} />}
    </div>
  );
}

import type { JobSummary } from '#shared/jobs/job.ts';
import { keysOf, shortcutOf } from '#renderer/lib/commands.ts';
import { cloneJob, restartJob } from '#renderer/lib/job-draft-store.ts';
import {
  actOnJob,
  cancelJob,
  canFinishNow,
  isActive,
  removeJob,
  useJobs,
} from '#renderer/lib/jobs.ts';
import { notifyError } from '#renderer/lib/notices.ts';
import { isMac } from '#renderer/lib/platform.ts';
import { useSettings } from '#renderer/lib/settings.ts';
import { Menu, type MenuItem } from '#renderer/ui/menu.tsx';
import { trainingCommands } from './commands.ts';

interface Props {
  readonly job: JobSummary;
  /** In the window, CSS pixels. */
  readonly at: { readonly x: number; readonly y: number };
  readonly onClose: () => void;
}

/** What can be done with a job of the list. */
export function JobMenu({ job, at, onClose }: Props) {
  const keys = useSettings((state) => state.settings.keys);
  const capOf = (id: string): Pick<MenuItem, 'keys'> => {
    const command = trainingCommands.find((one) => one.id === id);
    const shortcut = command === undefined ? undefined : shortcutOf(command, keys);
    return shortcut === undefined ? {} : { keys: keysOf(shortcut, isMac).join(' ') };
  };
  const { jobId } = job;
  const items: readonly MenuItem[] = [
    { id: 'open', title: 'Open', run: () => useJobs.setState({ selected: jobId }) },
    {
      id: 'clone',
      title: 'Clone and edit',
      ...capOf('job.clone'),
      run: () => void cloneJob(job),
    },
    {
      id: 'restart',
      title: 'Run again with another seed',
      ...capOf('job.restart'),
      run: () => void restartJob(job),
    },
    ...(canFinishNow(job)
      ? [
          {
            id: 'finish',
            title: 'Finish now',
            ...capOf('job.finish'),
            run: () => actOnJob('finish', jobId),
          },
        ]
      : []),
    isActive(job.status)
      ? { id: 'cancel', title: 'Cancel', run: () => void cancelJob(jobId).catch(notifyError) }
      : { id: 'remove', title: 'Remove', run: () => removeJob(job) },
  ];
  return <Menu label={`“${job.name}”`} at={at} items={items} onClose={onClose} />;
}

import type { Command } from '#renderer/lib/commands.ts';
import {
  cloneJob,
  goToPath,
  restartJob,
  showView,
  takeBackDraft,
  useJobDraft,
} from '#renderer/lib/job-draft-store.ts';
import { actOnJob, canFinishNow, openJob, useJobs } from '#renderer/lib/jobs.ts';
import { useNavigation } from '#renderer/lib/navigation.ts';
import { notifyError } from '#renderer/lib/notices.ts';
import { pressing } from '#renderer/lib/press.ts';
import { copyCommand, openSpec, pressStart, saveSpec } from './form/actions.ts';

/** The job that is open, wherever its like is shown. */
function chosenJob() {
  const { jobs, selected } = useJobs.getState();
  const isHere = useNavigation.getState().workspace === 'training';
  return isHere ? (jobs.find(({ jobId }) => jobId === selected) ?? null) : null;
}

const isFormOpen = (): boolean =>
  useNavigation.getState().workspace === 'training' &&
  useJobs.getState().selected === null &&
  useJobDraft.getState().draft !== null;

/** What can be done with the form of a job and with the chosen job, by key or palette. */
export const trainingCommands: readonly Command[] = [
  {
    id: 'job.new',
    title: 'New job',
    group: 'Job',
    shortcut: 'Alt+Shift+N',
    whileTyping: true,
    run: () => {
      openJob(null);
      goToPath('problem.kind');
    },
  },
  {
    id: 'job.start',
    title: 'Start the job of the form',
    group: 'Job',
    shortcut: 'Mod+Enter',
    whileTyping: true,
    when: isFormOpen,
    run: pressStart,
  },
  {
    id: 'job.view',
    title: 'Switch between the form and its JSON',
    group: 'Job',
    shortcut: 'Alt+J',
    whileTyping: true,
    when: isFormOpen,
    run: () => showView(useJobDraft.getState().draft?.view === 'form' ? 'json' : 'form'),
  },
  {
    id: 'job.fault',
    title: 'Go to the first fault of the form',
    group: 'Job',
    shortcut: 'F8',
    whileTyping: true,
    when: isFormOpen,
    run: () => goToPath(''),
  },
  {
    id: 'job.clone',
    title: 'Clone and edit the chosen job',
    group: 'Job',
    shortcut: 'Alt+C',
    when: () => chosenJob() !== null,
    run: () => {
      const job = chosenJob();
      if (job !== null) void cloneJob(job);
    },
  },
  {
    id: 'job.restart',
    title: 'Run the chosen job again with another seed',
    group: 'Job',
    shortcut: 'Alt+R',
    when: () => chosenJob() !== null,
    run: () => {
      const job = chosenJob();
      if (job !== null) void restartJob(job);
    },
  },
  pressing(['job.pause', 'Pause the chosen job', 'Job'], { shortcut: 'Alt+Shift+P' }),
  pressing(['job.resume', 'Resume the chosen job', 'Job'], { shortcut: 'Alt+Shift+R' }),
  pressing(['job.cancel', 'Cancel the chosen job', 'Job'], { shortcut: 'Alt+Shift+C' }),
  pressing(['job.export', 'Export the chosen job', 'Job']),
  pressing(['job.remove', 'Remove the chosen job', 'Job'], { shortcut: 'Alt+Shift+Delete' }),
  {
    id: 'job.finish',
    title: 'Finish the chosen job now, with a result of what it has',
    group: 'Job',
    shortcut: 'Alt+Shift+E',
    when: () => {
      const job = chosenJob();
      return job !== null && canFinishNow(job);
    },
    run: () => {
      const job = chosenJob();
      if (job !== null) actOnJob('finish', job.jobId);
    },
  },
  {
    id: 'job.open-spec',
    title: 'Open a spec file',
    group: 'Job',
    run: () => void openSpec().catch(notifyError),
  },
  {
    id: 'job.save-spec',
    title: 'Save the form as a spec file',
    group: 'Job',
    when: isFormOpen,
    run: saveSpec,
  },
  {
    id: 'job.copy-command',
    title: 'Copy the form as a command',
    group: 'Job',
    when: isFormOpen,
    run: () => void copyCommand(),
  },
  {
    id: 'job.take-back',
    title: 'Give back what the form of a job held before',
    group: 'Job',
    when: () => useJobDraft.getState().before !== null,
    run: () => {
      takeBackDraft();
      openJob(null);
    },
  },
];

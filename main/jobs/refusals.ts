import { AppError } from '#shared/base/errors.ts';
import type { JobRow } from '../storage/job-row.ts';

const isClosed = 'computes inside a library that cannot be interrupted';

export function cannotPause({ jobId }: JobRow): AppError {
  return new AppError('unsupported', `This job ${isClosed}. It can be cancelled.`, { jobId });
}

/** Why a job that has not ended cannot stop where it is with a result. */
export function cannotFinish({ jobId, canFinish, canPause }: JobRow): AppError {
  if (canFinish === null) {
    return new AppError(
      'conflict',
      'This job has not begun, so it has nothing to finish with. It can be cancelled.',
      { jobId },
    );
  }
  const why = canPause ? 'has no result before its last step' : isClosed;
  return new AppError(
    'unsupported',
    `This job ${why}, so it cannot finish where it is. It can be cancelled.`,
    { jobId },
  );
}

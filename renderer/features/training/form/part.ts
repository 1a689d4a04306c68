import type { Device } from '#shared/ipc/hardware.ts';
import type { JobDraft } from '#renderer/lib/job-draft.ts';
import type { FormFrame } from '#renderer/ui/parameters/frame.ts';

/** What each section of the form is drawn from; changes go to the draft's store. */
export interface PartProps {
  readonly draft: JobDraft;
  readonly frame: FormFrame;
  readonly devices: readonly Device[];
}

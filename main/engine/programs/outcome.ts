import type { TrainedModel } from '#shared/models/kept-model.ts';

/** What a finished program leaves behind; the job document is made from it. */
export interface JobOutcome {
  readonly result: unknown;
  readonly warnings: readonly string[];
  /** What it learned, to be kept. */
  readonly model?: TrainedModel;
  /** What was found out on the way and belongs to the document's provenance. */
  readonly provenance?: Readonly<Record<string, unknown>>;
}

import type { AskKind } from './program.ts';

/** What is known of a backend before it is asked anything. */
export interface BackendFacts {
  /** What it answers by itself; everything else is lowered to what it does. */
  readonly answers: ReadonlySet<AskKind>;
  /** Id of the machine whose noise it has or that it is; null for an ideal one. */
  readonly device: string | null;
  /** The method by which circuits are simulated; null for a machine. */
  readonly method: string | null;
  /** How it is called in messages. */
  readonly name: string;
}

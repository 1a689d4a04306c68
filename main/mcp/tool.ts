import type { z } from 'zod';
import type { RequestInput, RequestName, RequestOutput } from '#shared/ipc/contract.ts';
import type { Said } from './answer.ts';
import type { Purse } from './purse.ts';

/** The handlers behind every other way in: a command's session, or the host's own. */
export interface Requester {
  request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>>;
}

/** What a tool works with. */
export interface ToolContext extends Requester {
  readonly purse: Purse;
  /** Aborted where nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** Tells how far it is, from 0 to 1; the caller may have asked not to be told. */
  progress(share: number, message: string): Promise<void>;
}

/** `read` looks; `act` starts, changes or ends what is in the library, and buys only from a purse. */
export type Scope = 'read' | 'act';

export interface Tool {
  readonly name: string;
  readonly title: string;
  /** For whoever decides whether to call it: what it does, and what it takes to be right. */
  readonly description: string;
  readonly scope: Scope;
  readonly input: z.ZodObject;
  run(input: unknown, context: ToolContext): Promise<Said>;
}

/** A tool whose `run` gets what its schema has checked. */
export function defineTool<Input extends z.ZodObject>(
  tool: Omit<Tool, 'input' | 'run'> & {
    readonly input: Input;
    run(input: z.output<Input>, context: ToolContext): Promise<Said>;
  },
): Tool {
  return { ...tool, run: (input, context) => tool.run(tool.input.parse(input), context) };
}

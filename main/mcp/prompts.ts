import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

/** Ways of working that lead to answers which hold. */
const prompts = [
  {
    name: 'compare-honestly',
    title: 'Compare a quantum method with the best classical one',
    description: 'From a problem to a verdict that a referee would believe.',
    text: (problem: string) => `Compare quantum and classical methods on this problem: ${problem}

1. list_members kind "problem" and explain_member: choose the kind, and fill in its fields.
2. list_members kind "algorithm": choose the quantum contenders, and the strongest classical ones that take this problem.
3. check_job each contender; leave out what does not fit and say why.
4. run_benchmark with at least five seeds and the same budget for each; read_benchmark until it has ended.
5. Report the verdict in its own words with the interval of the difference, also when it is no advantage, and what would change it.`,
  },
  {
    name: 'spend-carefully',
    title: 'Take a job to real hardware within a budget',
    description: 'Rehearse on a simulator and a device model before anything is bought.',
    text: (problem: string) => `Run this on real hardware: ${problem}

1. submit_job on backend "simulator" and read_result: the value that is to be found again.
2. submit_job on a device model of the machine (list_devices), with the same shots: what noise will do to it.
3. submit_job on the machine without buy: the forecast of cost and time. Compare it with cost.budgetLeft.
4. Only if the device model's result is still worth something: submit_job with buy: true and a key; follow_job; read_result.
5. Report raw and mitigated values with their errors, what was paid, and what the device model had foretold.`,
  },
] as const;

export function addPrompts(server: McpServer): void {
  for (const { name, title, description, text } of prompts) {
    server.registerPrompt(
      name,
      {
        title,
        description,
        argsSchema: z.object({ problem: z.string().describe('The problem, in your words.') }),
      },
      ({ problem }) => ({
        messages: [{ role: 'user', content: { type: 'text', text: text(problem) } }],
      }),
    );
  }
}
